using Ilt.Bodies;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The scale on which a regression target is learned, from the labelled training rows. <see cref="TargetScale.Bent"/>, per component:
/// z = (asinh((y - median) / spread) - mean) / deviation. Spread is twice the standard deviation of the normal distribution that has the same quartiles (or, where those are
/// one value, the same 5 % and 95 % quantiles; failing that, twice the standard deviation of the labels).
/// <see cref="TargetScale.Common"/>: z = (y - median of the component) / deviation, the latter one for all components: the median over the
/// rows of the root mean square of a row's distances from the medians, which a minority of wrong rows hardly moves.
/// </summary>
/// <remarks>
/// The inverse hyperbolic sine is nearly a straight line for most rows and like a logarithm beyond. Counts, prices and durations err in
/// proportion to their size: on a straight scale a robust weighting takes their large, right values for wrong ones. It also keeps
/// errors of unit (a factor of ten) from owning the training. Its inverse grows like an exponential, so predictions are kept within the
/// range of the training labels.
/// </remarks>
internal sealed class TargetScaling
{
    private const double SpreadInDeviations = 2;
    private const int SampledRows = 512; // of a derived task, whose targets take work and memory

    private readonly Component[] components;
    private readonly float clip;
    private readonly TargetScale scale;

    private TargetScaling(Component[] components, float clip, TargetScale scale = TargetScale.Bent)
    {
        this.components = components;
        this.clip = clip;
        this.scale = scale;
    }

    private readonly record struct Component(float Median, float Spread, float Mean, float Deviation, float Lowest, float Highest);

    /// <summary>The scale of a task's targets; null for classes.</summary>
    /// <exception cref="ArgumentException">Fewer than two rows are labelled, or a component is constant.</exception>
    public static TargetScaling? Fit(TaskDefinition task, TaskLabels labels) => task switch
    {
        RegressionTask regression => Fit(regression, (NumberLabels)labels),
        PixelRegressionTask regression => Fit(regression, (MapLabels)labels),
        DerivedTask derived => Fit(derived, (DerivedLabels)labels),
        _ => null,
    };

    /// <exception cref="ArgumentException">Fewer than two rows are labelled, or a component is constant.</exception>
    public static TargetScaling Fit(RegressionTask task, NumberLabels labels)
    {
        var rows = Enumerable.Range(0, labels.Count).Where(labels.IsLabelled).ToArray();
        if (rows.Length < 2)
            throw new ArgumentException($"Task '{task.Name}': {rows.Length} training row(s) have a label; at least 2 are needed. Check the label column, or leave the task out.");
        if (task.Scale == TargetScale.Common) return Common(rows.SelectMany(row => labels[row].ToArray()).ToArray(), labels.Dimensions, task.Name);
        var components = new Component[labels.Dimensions];
        for (var d = 0; d < components.Length; d++)
            components[d] = Of(Array.ConvertAll(rows, row => labels[row][d]), task.Name, components.Length > 1 ? $" component {d + 1}" : "");
        return new TargetScaling(components, (float)task.TargetClip);
    }

    /// <summary>The scale of what up to 512 labels, spread evenly over the rows, give.</summary>
    /// <exception cref="ArgumentException">Fewer than two rows are labelled, or all give the same.</exception>
    public static TargetScaling Fit(DerivedTask task, DerivedLabels labels)
    {
        var rows = Enumerable.Range(0, labels.Count).Where(labels.IsLabelled).ToArray();
        if (rows.Length < 2)
            throw new ArgumentException($"Task '{task.Name}': {rows.Length} training row(s) have labels of all of {string.Join(", ", task.Sources)}; at least 2 are needed. Check their label columns, or leave the task out.");
        var sampled = Math.Min(SampledRows, rows.Length);
        int[] sample = [.. Enumerable.Range(0, sampled).Select(i => rows[(int)((long)i * rows.Length / sampled)])];
        return Common(task.FromLabels(labels, sample), task.Channels, task.Name);
    }

    /// <summary>The scale of vectors with one deviation for all components.</summary>
    /// <param name="values">[rows x dimensions], the user's units; overwritten.</param>
    /// <param name="dimensions">Numbers per row.</param>
    /// <param name="task">The task's name, for messages.</param>
    /// <exception cref="ArgumentException">All rows are one.</exception>
    public static TargetScaling Common(float[] values, int dimensions, string task)
    {
        var rows = values.Length / dimensions;
        var components = new Component[dimensions];
        var column = new float[rows];
        for (var d = 0; d < dimensions; d++)
        {
            for (var row = 0; row < rows; row++) column[row] = values[(row * dimensions) + d];
            Array.Sort(column);
            components[d] = new Component(column[rows / 2], 1, 0, 1, column[0], column[^1]);
        }
        var squares = new double[rows];
        for (var i = 0; i < values.Length; i++)
        {
            double distance = values[i] - components[i % dimensions].Median;
            squares[i / dimensions] += distance * distance / dimensions;
        }
        Array.Sort(squares);
        // Where more than half of the rows are one, their mean is the next best measure.
        var deviation = Math.Sqrt(squares[rows / 2] is var median and > 1e-12 ? median : squares.Average());
        if (!(deviation > 1e-9))
            throw new ArgumentException($"Task '{task}': the target is the same in all training rows; there is nothing to learn. Leave the task out, or check the label columns.");
        return new TargetScaling(Array.ConvertAll(components, c => c with { Deviation = (float)deviation }), float.PositiveInfinity, TargetScale.Common);
    }

    /// <summary>One scale for all pixels of a map.</summary>
    /// <exception cref="ArgumentException">Fewer than two training maps have a number, or all numbers are one.</exception>
    public static TargetScaling Fit(PixelRegressionTask task, MapLabels labels)
    {
        if (labels.CountLabelled() is var count and < 2)
            throw new ArgumentException($"Task '{task.Name}': {count} training row(s) have a map; at least 2 are needed. Check the label column, or leave the task out.");
        return new TargetScaling([Of([.. labels.Sample], task.Name, "")], (float)task.TargetClip);
    }

    /// <summary>The scaled, clipped target; zeros where the row has no label (its weight is zero).</summary>
    public void Standardise(NumberLabels labels, int row, Span<float> destination)
    {
        if (labels.IsLabelled(row)) Standardise(labels[row], destination);
        else destination.Clear();
    }

    /// <summary>The scaled, clipped form of one vector in the user's units.</summary>
    public void Standardise(ReadOnlySpan<float> values, Span<float> destination)
    {
        for (var d = 0; d < destination.Length; d++) destination[d] = Standardise(values[d], d);
    }

    /// <summary>The scaled, clipped form of one number in the user's units.</summary>
    public float Standardise(float value, int component)
    {
        var c = components[component];
        return scale == TargetScale.Common
            ? (value - c.Median) / c.Deviation
            : Math.Clamp((MathF.Asinh((value - c.Median) / c.Spread) - c.Mean) / c.Deviation, -clip, clip);
    }

    /// <summary>The scaled form of rows of a common scale, differentiable.</summary>
    /// <param name="values">[B, dimensions], the user's units.</param>
    public Tensor Standardise(Tensor values) => values.sub(Row(c => c.Median)).mul(Row(c => 1 / c.Deviation));

    /// <summary>Back to the user's units, differentiable: without the limits that <see cref="Restore(Span{float})"/> keeps.</summary>
    /// <param name="standardised">[B, dimensions].</param>
    public Tensor Restore(Tensor standardised) => scale == TargetScale.Common
        ? (standardised * Row(c => c.Deviation)).Plus(Row(c => c.Median))
        : ((standardised * Row(c => c.Deviation)).Plus(Row(c => c.Mean)).sinh() * Row(c => c.Spread)).Plus(Row(c => c.Median));

    /// <summary>Common scale: numbers of the user's units per unit of the scaled target.</summary>
    public float CommonDeviation => components[0].Deviation;

    private Tensor Row(Func<Component, float> number) => Tensors.From(Array.ConvertAll(components, c => number(c)), 1, components.Length);

    /// <summary>The loss of one row, from label and prediction in the user's units: mean or sum of the squared errors of what the task's loss is taken between.</summary>
    public double SquaredError(RegressionTask task, ReadOnlySpan<float> label, ReadOnlySpan<float> prediction)
    {
        if (task.Loss == RegressionLoss.RotationMatrices)
            return Reduce(task.Reduction, SquaredDistance(Rotations.SixToMatrices(label), Rotations.SixToMatrices(prediction)), 9 * components.Length / 6);
        return SquaredError(task.Reduction, label, prediction);
    }

    /// <summary>The loss of one row, from label and prediction in the user's units: mean or sum of the squared errors of their scaled forms.</summary>
    public double SquaredError(RegressionReduction reduction, ReadOnlySpan<float> label, ReadOnlySpan<float> prediction)
    {
        var sum = 0.0;
        for (var d = 0; d < components.Length; d++)
        {
            var difference = Standardise(label[d], d) - Standardise(prediction[d], d);
            sum += difference * difference;
        }
        return Reduce(reduction, sum, components.Length);
    }

    private static double Reduce(RegressionReduction reduction, double sum, int count) => reduction == RegressionReduction.Sum ? sum : sum / count;

    // Matrices are on the scale of their six numbers.
    private double SquaredDistance(float[] given, float[] predicted)
    {
        var sum = 0.0;
        for (var i = 0; i < given.Length; i++)
        {
            double difference = (given[i] - predicted[i]) / CommonDeviation;
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>Back to the user's units, in place; row-major [rows x dimensions].</summary>
    public void Restore(Span<float> standardised)
    {
        for (var i = 0; i < standardised.Length; i++)
        {
            var c = components[i % components.Length];
            if (scale == TargetScale.Common)
            {
                standardised[i] = (standardised[i] * c.Deviation) + c.Median;
                continue;
            }
            // In double: the way there and back must not cost digits of a large number.
            var value = Math.Sinh(Math.Clamp(standardised[i], -clip, clip) * (double)c.Deviation + c.Mean) * c.Spread + c.Median;
            standardised[i] = (float)Math.Clamp(value, c.Lowest, c.Highest);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(components.Length);
        foreach (var c in components)
            foreach (var value in (ReadOnlySpan<float>)[c.Median, c.Spread, c.Mean, c.Deviation, c.Lowest, c.Highest]) writer.Write(value);
        writer.Write(clip);
        writer.Write((int)scale);
    }

    public static TargetScaling Load(BinaryReader reader)
    {
        var components = new Component[reader.ReadInt32()];
        for (var d = 0; d < components.Length; d++)
            components[d] = new Component(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        return new TargetScaling(components, reader.ReadSingle(), (TargetScale)reader.ReadInt32());
    }

    private static Component Of(float[] sorted, string task, string which)
    {
        Array.Sort(sorted);
        if (!(sorted[^1] - sorted[0] > 1e-6f * Math.Max(1e-30f, Math.Abs(sorted[0]))))
            throw new ArgumentException(FormattableString.Invariant($"Task '{task}': the target{which} is constant ({sorted[0]}) over the training rows; there is nothing to learn. Leave the task out, or check the label column."));
        double median = sorted[sorted.Length / 2];
        var spread = SpreadInDeviations * DeviationOf(sorted);
        var bent = Array.ConvertAll(sorted, value => Math.Asinh((value - median) / spread));
        var mean = bent.Average();
        var deviation = Math.Sqrt(bent.Average(value => (value - mean) * (value - mean)));
        return new Component((float)median, (float)spread, (float)mean, (float)deviation, sorted[0], sorted[^1]);
    }

    // From the quartiles, which wrong labels hardly move; from wider quantiles where those are one value (counts that are mostly zero).
    private static double DeviationOf(float[] sorted)
    {
        foreach (var (tail, normalRange) in ((double, double)[])[(0.25, 1.349), (0.05, 3.290)])
        {
            var range = (double)At(1 - tail) - At(tail);
            if (range > 0) return range / normalRange;
        }
        var mean = sorted.Average(value => (double)value);
        return Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));

        float At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
