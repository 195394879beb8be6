namespace Ilt.MLNet;

/// <summary>Small sums on class probabilities.</summary>
internal static class Probabilities
{
    // The smallest normal float: keeps the logarithm finite where a probability has underflowed to 0.
    private const float Smallest = 1.17549435e-38f;

    /// <summary>The most probable class, the first of equals; -1 where a probability is NaN.</summary>
    public static int ArgMax(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var c = 0; c < probabilities.Length; c++)
        {
            if (float.IsNaN(probabilities[c])) return -1;
            if (probabilities[c] > probabilities[best]) best = c;
        }
        return best;
    }

    /// <summary>log(p / (1 - p)) from both probabilities of a two-class task; NaN stays NaN.</summary>
    public static float Logit(float negative, float positive)
        => float.IsNaN(positive) ? float.NaN : MathF.Log(MathF.Max(positive, Smallest)) - MathF.Log(MathF.Max(negative, Smallest));
}
