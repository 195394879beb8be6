namespace Ilt.Torch;

/// <summary>Scales images channel by channel: z = (value - mean) / deviation, with mean and standard deviation of the training images.</summary>
internal sealed class InputScaling(float[] means, float[] deviations)
{
    private const int SampledRows = 512;

    /// <summary>Mean and deviation of up to 512 images spread evenly over the rows.</summary>
    public static InputScaling Fit(TrainingData data)
    {
        var (channels, pixels) = (data.Input.Channels, data.Input.Height * data.Input.Width);
        var (sums, squares) = (new double[channels], new double[channels]);
        var image = new float[data.Input.Size];
        var rows = Math.Min(SampledRows, data.RowCount);
        for (var i = 0; i < rows; i++)
        {
            data.ReadInputs([(int)((long)i * data.RowCount / rows)], image);
            for (var c = 0; c < channels; c++)
                foreach (var value in image.AsSpan(c * pixels, pixels))
                {
                    sums[c] += value;
                    squares[c] += (double)value * value;
                }
        }
        var (means, deviations) = (new float[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            var mean = sums[c] / ((double)rows * pixels);
            means[c] = (float)mean;
            // A channel that is one value everywhere stays zero, not infinite.
            deviations[c] = (float)Math.Max(1, Math.Sqrt(Math.Max(0, (squares[c] / ((double)rows * pixels)) - (mean * mean))));
        }
        return new InputScaling(means, deviations);
    }

    /// <summary>The scaled form of a value of a channel.</summary>
    public float Scale(float value, int channel) => (value - means[channel]) / deviations[channel];

    /// <summary>Scales inputs [rows x channels x pixels] in place.</summary>
    public void Scale(Span<float> inputs, int pixels)
    {
        for (var start = 0; start < inputs.Length; start += pixels)
        {
            var channel = start / pixels % means.Length;
            foreach (ref var value in inputs.Slice(start, pixels)) value = Scale(value, channel);
        }
    }

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
        var channels = reader.ReadInt32();
        return new InputScaling(Read(), Read());

        float[] Read() => [.. Enumerable.Range(0, channels).Select(_ => reader.ReadSingle())];
    }
}
