namespace Ilt.Torch;

/// <summary>What several networks say of one label image, summed up network by network.</summary>
internal abstract class PixelSums(int row, int pixels)
{
    /// <summary>Per pixel the sum of its losses, NaN where it has no label.</summary>
    protected readonly float[] Heat = new float[pixels];

    /// <summary>Adds what a network predicts.</summary>
    public abstract void Add(ReadOnlySpan<float> prediction);

    /// <summary>The means over the networks.</summary>
    public abstract PixelExamination Result(int networks);

    /// <summary>The row.</summary>
    protected int Row => row;

    protected float[] MeanHeat(int networks) => Array.ConvertAll(Heat, sum => sum / networks);
}
