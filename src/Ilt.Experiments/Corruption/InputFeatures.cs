using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Numbers by which rows are near each other or far: the features of a table; of an image the means of a grid of 8 x 8 cells per channel.</summary>
internal static class InputFeatures
{
    private const int Grid = 8;

    /// <summary>[rows x D], row-major.</summary>
    public static float[] Of(TrainingData data)
    {
        var (channels, height, width) = (data.Input.Channels, data.Input.Height, data.Input.Width);
        var input = new float[data.Input.Size];
        if (!data.Input.IsImage)
        {
            var all = new float[data.RowCount * input.Length];
            data.ReadInputs(Enumerable.Range(0, data.RowCount).ToArray(), all);
            return all;
        }
        var (rows, columns) = (Math.Min(Grid, height), Math.Min(Grid, width));
        var features = new float[data.RowCount * channels * rows * columns];
        for (var row = 0; row < data.RowCount; row++)
        {
            data.ReadInputs([row], input);
            var cells = features.AsSpan(row * channels * rows * columns, channels * rows * columns);
            var counts = new int[cells.Length];
            for (var i = 0; i < input.Length; i++)
            {
                var (channel, y, x) = (i / (height * width), i / width % height, i % width);
                var cell = (((channel * rows) + (y * rows / height)) * columns) + (x * columns / width);
                cells[cell] += input[i];
                counts[cell]++;
            }
            for (var cell = 0; cell < cells.Length; cell++) cells[cell] /= counts[cell];
        }
        return features;
    }
}
