namespace Ilt.Torch;

/// <summary>Standardisation of a regression target: per component (y - mean) / deviation, computed from labelled training rows.</summary>
internal sealed class TargetScaling(float[] mean, float[] deviation, float clip)
{
    public float[] Mean => mean;

    public float[] Deviation => deviation;

    public float Clip => clip;

    /// <exception cref="ArgumentException">No row is labelled, or a component is constant.</exception>
    public static TargetScaling Fit(RegressionTask task, NumberLabels labels)
    {
        var dimensions = labels.Dimensions;
        var sum = new double[dimensions];
        var squares = new double[dimensions];
        var count = 0;
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            count++;
            for (var d = 0; d < dimensions; d++) sum[d] += labels[row][d];
        }
        if (count < 2)
            throw new ArgumentException($"Task '{task.Name}': {count} training row(s) have a label; at least 2 are needed. Check the label column, or leave the task out.");
        // Two passes: the one-pass formula loses all digits where the mean is large beside the deviation.
        for (var row = 0; row < labels.Count; row++)
            if (labels.IsLabelled(row))
                for (var d = 0; d < dimensions; d++)
                {
                    var difference = labels[row][d] - sum[d] / count;
                    squares[d] += difference * difference;
                }
        var mean = new float[dimensions];
        var deviation = new float[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            mean[d] = (float)(sum[d] / count);
            deviation[d] = (float)Math.Sqrt(squares[d] / count);
            if (!(deviation[d] > 1e-7f * Math.Max(1e-30f, Math.Abs(mean[d]))))
                throw new ArgumentException($"Task '{task.Name}': the target{(dimensions > 1 ? $" component {d + 1}" : "")} is constant ({mean[d]}) over the training rows; there is nothing to learn. Leave the task out, or check the label column.");
        }
        return new TargetScaling(mean, deviation, (float)task.TargetClip);
    }

    /// <summary>The standardised, clipped target; zeros where the row has no label (its weight is zero).</summary>
    public void Standardise(NumberLabels labels, int row, Span<float> destination)
    {
        var label = labels[row];
        var labelled = labels.IsLabelled(row);
        for (var d = 0; d < destination.Length; d++)
            destination[d] = labelled ? Math.Clamp((label[d] - mean[d]) / deviation[d], -clip, clip) : 0;
    }

    /// <summary>Back to the user's units, in place; row-major [rows x dimensions].</summary>
    public void Restore(Span<float> standardised)
    {
        for (var i = 0; i < standardised.Length; i++)
            standardised[i] = standardised[i] * deviation[i % mean.Length] + mean[i % mean.Length];
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(mean.Length);
        foreach (var value in mean) writer.Write(value);
        foreach (var value in deviation) writer.Write(value);
        writer.Write(clip);
    }

    public static TargetScaling Load(BinaryReader reader)
    {
        var dimensions = reader.ReadInt32();
        var mean = new float[dimensions];
        var deviation = new float[dimensions];
        for (var d = 0; d < dimensions; d++) mean[d] = reader.ReadSingle();
        for (var d = 0; d < dimensions; d++) deviation[d] = reader.ReadSingle();
        return new TargetScaling(mean, deviation, reader.ReadSingle());
    }
}
