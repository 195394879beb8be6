namespace Ilt.Torch;

/// <summary>The arrays of one batch that is made ahead of the training, made anew only when the number of rows changes.</summary>
internal sealed class BatchBuffer
{
    /// <summary>Rows in the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>[B x D], or [B x C x H x W], scaled.</summary>
    public float[] Inputs { get; private set; } = [];

    /// <summary>One per task.</summary>
    public TargetBuffer[] Targets { get; private set; } = [];

    /// <summary>[B x K].</summary>
    public bool[] Labelled { get; private set; } = [];

    public void Resize(int rows, int inputSize, Func<int, TargetBuffer[]> createTargets)
    {
        if (rows == Rows) return;
        Rows = rows;
        Inputs = new float[rows * inputSize];
        Targets = createTargets(rows);
        Labelled = new bool[rows * Targets.Length];
    }
}
