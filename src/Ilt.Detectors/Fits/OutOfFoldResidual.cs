using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// Numbers: how far the label is from what a network predicts that has not seen the row, in units of the error that is usual there. Of a vector the root mean
/// square over its components.
/// </summary>
/// <remarks>
/// The usual error is the mean of two medians of |error|: over all rows, and over the rows whose predictions are nearest (a tenth of them, 20 to 200; with fewer
/// than 40 rows only the first). cleanlab's score for regressions divides by an estimate of the uncertainty at the row, too, from further fits; this one takes none.
/// </remarks>
/// <param name="source">Gives the predictions; null: <see cref="OutOfFold"/> under the weighting of the run.</param>
public sealed class OutOfFoldResidual(IDetector? source = null) : IDetector
{
    /// <summary>Gives the predictions.</summary>
    public IDetector Source { get; } = source ?? new OutOfFold();

    /// <summary>Whether the usual error is looked for among rows of similar predictions, too.</summary>
    /// <value>The default is true.</value>
    public bool IsLocal { get; init; } = true;

    /// <inheritdoc/>
    public string Name => DetectorNames.Of(Source, "out-of-fold-residual");

    /// <inheritdoc/>
    public string Summary =>
        "how far the label is from the prediction of a network that has not seen the row, in units of the error that is usual for such predictions; a wrong number is further off than right ones";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => task is RegressionTask or CountTask && Source.AppliesTo(task, input);

    /// <inheritdoc/>
    public string? Problem(TrainingOptions options) => Source.Problem(options);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are too few rows or labels for the source's folds, or it gives no predictions.</exception>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, _) = input;
        int[] wanted = [.. Enumerable.Range(0, tasks.Count).Where(k => input.Wants(k) && AppliesTo(tasks[k], train.Input))];
        if (wanted.Length == 0) return new() { Scores = new float[tasks.Count][], Fits = 0 };
        var found = Source.Detect(input with { Wanted = wanted }, cancellation);
        var scores = new float[]?[tasks.Count];
        foreach (var k in wanted)
            scores[k] = Scores((NumberLabels)train.Labels[k], found.OutOfFold?[k]
                ?? throw new ArgumentException($"{Source.Name} gives no out-of-fold predictions of task '{tasks[k].Name}', from which {Name} could tell wrong labels; name another source."));
        return new DetectorResult { Scores = scores, OutOfFold = found.OutOfFold, OutOfFoldLosses = found.OutOfFoldLosses, Fits = found.Fits };
    }

    private float[] Scores(NumberLabels labels, float[] predictions)
    {
        var dimensions = labels.Dimensions;
        int[] rows = [.. Enumerable.Range(0, labels.Count).Where(row => labels.IsLabelled(row) && !predictions.AsSpan(row * dimensions, dimensions).Contains(float.NaN))];
        var squares = new double[rows.Length];
        for (var d = 0; d < dimensions; d++)
        {
            var predicted = Array.ConvertAll(rows, row => (double)predictions[(row * dimensions) + d]);
            var errors = rows.Select((row, i) => Math.Abs(labels[row][d] - predicted[i])).ToArray();
            var usual = UsualErrors.Of(predicted, errors, IsLocal);
            for (var i = 0; i < rows.Length; i++)
                if (usual[i] > 0) squares[i] += errors[i] / usual[i] * (errors[i] / usual[i]); // zero where the component never errs
        }
        var scores = new float[labels.Count];
        Array.Fill(scores, float.NaN);
        for (var i = 0; i < rows.Length; i++) scores[rows[i]] = (float)Math.Sqrt(squares[i] / dimensions);
        return scores;
    }
}
