using Ilt.State;

namespace Ilt.Torch;

/// <summary>Scales inputs channel by channel: z = (value - mean) / deviation, both of the training rows.</summary>
internal sealed class InputScaling(float[] means, float[] deviations)
{
    private const int SampledRows = 512;

    /// <summary>Mean and deviation of up to 512 rows, evenly spread.</summary>
    public static InputScaling Fit(TrainingData data)
    {
        var (channels, length) = (data.Input.Channels, data.Input.Size / data.Input.Channels);
        var (sums, squares) = (new double[channels], new double[channels]);
        var row = new float[data.Input.Size];
        var rows = Math.Min(SampledRows, data.RowCount);
        for (var i = 0; i < rows; i++)
        {
            data.ReadInputs([(int)((long)i * data.RowCount / rows)], row);
            for (var c = 0; c < channels; c++)
                foreach (var value in row.AsSpan(c * length, length))
                {
                    sums[c] += value;
                    squares[c] += (double)value * value;
                }
        }
        var (means, deviations) = (new float[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            var mean = sums[c] / ((double)rows * length);
            means[c] = (float)mean;
            // A channel that is one value everywhere stays zero, not infinite.
            deviations[c] = (float)Math.Max(1, Math.Sqrt(Math.Max(0, (squares[c] / ((double)rows * length)) - (mean * mean))));
        }
        return new InputScaling(means, deviations);
    }

    /// <summary>The scaled form of a value of a channel.</summary>
    public float Scale(float value, int channel) => (value - means[channel]) / deviations[channel];

    /// <summary>Scales inputs [rows x channels x length] in place.</summary>
    public void Scale(Span<float> inputs, int length)
    {
        for (var start = 0; start < inputs.Length; start += length)
        {
            var channel = start / length % means.Length;
            foreach (ref var value in inputs.Slice(start, length)) value = Scale(value, channel);
        }
    }

    /// <summary>Scales the input of a graph, [C, H, W] or [D].</summary>
    public GraphValue Write(INetworkGraph graph, GraphValue input) =>
        graph.Scale(input, Array.ConvertAll(deviations, deviation => 1 / deviation), [.. means.Zip(deviations, (mean, deviation) => -mean / deviation)]);

    /// <summary>The scaled form of every byte: [channels x 256].</summary>
    public float[] Table()
    {
        var table = new float[means.Length * 256];
        for (var i = 0; i < table.Length; i++) table[i] = Scale(i % 256, i / 256);
        return table;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(means.Length);
        foreach (var value in means.Concat(deviations)) writer.Write(value);
    }

    public static InputScaling Load(BinaryReader reader)
    {
        var channels = reader.ReadCount(2 * sizeof(float));
        return new InputScaling(Read(), Read());

        float[] Read() => [.. Enumerable.Range(0, channels).Select(_ => reader.ReadSingle())];
    }
}
