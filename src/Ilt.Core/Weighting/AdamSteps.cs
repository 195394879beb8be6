using Ilt.State;

namespace Ilt.Weighting;

/// <summary>Steps of Adam (Kingma and Ba, 2015), with its usual constants, for a few numbers that do not all have a gradient in every batch.</summary>
internal sealed class AdamSteps(int count) : IStateful
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Stabiliser = 1e-8;

    private readonly double[] firstMoments = new double[count];
    private readonly double[] secondMoments = new double[count];
    private readonly int[] steps = new int[count];

    /// <summary>Counts a gradient of one number, and says what to take off the number.</summary>
    public double Move(int at, double gradient, double stepSize)
    {
        var t = ++steps[at];
        firstMoments[at] = (FirstDecay * firstMoments[at]) + ((1 - FirstDecay) * gradient);
        secondMoments[at] = (SecondDecay * secondMoments[at]) + ((1 - SecondDecay) * gradient * gradient);
        var first = firstMoments[at] / (1 - Math.Pow(FirstDecay, t));
        var second = secondMoments[at] / (1 - Math.Pow(SecondDecay, t));
        return stepSize * first / (Math.Sqrt(second) + Stabiliser);
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(firstMoments);
        writer.WriteArray<double>(secondMoments);
        writer.WriteArray<int>(steps);
    }

    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(firstMoments);
        reader.ReadInto<double>(secondMoments);
        reader.ReadInto<int>(steps);
    }
}
