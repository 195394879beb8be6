namespace Ilt.Torch;

/// <summary>The arrays of one batch of images, made anew only when the number of rows changes.</summary>
internal sealed class ImageBatchBuffer
{
    /// <summary>Rows in the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>[B x C x H x W], scaled.</summary>
    public float[] Inputs { get; private set; } = [];

    /// <summary>Per task of classes: [B] or [B x H x W].</summary>
    public long[]?[] Classes { get; private set; } = [];

    /// <summary>Per task of numbers: [B x D] or [B x H x W].</summary>
    public float[]?[] Numbers { get; private set; } = [];

    /// <summary>Per pixel task: [B x H x W], 1 / valid pixels of the image where the pixel is valid, else 0.</summary>
    public float[]?[] PixelShares { get; private set; } = [];

    /// <summary>[B x K].</summary>
    public bool[] Labelled { get; private set; } = [];

    public void Resize(int rows, IReadOnlyList<TaskDefinition> tasks, int inputSize, int pixels)
    {
        if (rows == Rows) return;
        Rows = rows;
        Inputs = new float[rows * inputSize];
        Labelled = new bool[rows * tasks.Count];
        Classes = [.. tasks.Select(task => task is ClassificationTask or PixelClassificationTask ? new long[rows * Entries(task)] : null)];
        Numbers = [.. tasks.Select(task => task is RegressionTask or PixelRegressionTask ? new float[rows * Entries(task)] : null)];
        PixelShares = [.. tasks.Select(task => task.IsPerPixel ? new float[rows * pixels] : null)];

        int Entries(TaskDefinition task) => task switch
        {
            RegressionTask regression => regression.Dimensions,
            ClassificationTask => 1,
            _ => pixels,
        };
    }
}
