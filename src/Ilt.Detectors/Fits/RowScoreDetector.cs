using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>A row score as a detector: trains once, or takes the training that is there, and reads the score off.</summary>
/// <param name="score">The score.</param>
/// <param name="weighting">How losses are weighed in training; null: as the options of the input say.</param>
public sealed class RowScoreDetector(IRowScore score, LossWeightingKind? weighting = null) : IDetector
{
    /// <summary>The score.</summary>
    public IRowScore Score => score;

    /// <summary>How losses are weighed in training; null: as the options of the input say.</summary>
    public LossWeightingKind? Weighting => weighting;

    /// <inheritdoc/>
    public string Name => DetectorNames.Under(weighting, score.Name);

    /// <inheritdoc/>
    public string Summary => score.Summary;

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => score.AppliesTo(task);

    /// <inheritdoc/>
    public string? Problem(TrainingOptions options) => score.OnlyUnder is { } only && (weighting ?? options.Weighting) is var used && used != only
        ? $"{Name} is there under the weighting {LossWeightings.ShortName(only)} only, found {LossWeightings.ShortName(used)}"
        : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The score is none of trainings under this weighting.</exception>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, options) = input;
        if (Problem(options) is { } problem) throw new ArgumentException(problem + ".", nameof(input));
        if (!tasks.Where((task, k) => input.Wants(k) && score.AppliesTo(task)).Any()) return new() { Scores = new float[tasks.Count][], Fits = 0 };
        if (input.Finished is { } finished && (weighting ?? options.Weighting) == options.Weighting) return Read(finished, input, 0);
        var (scores, fits) = NetworkFits.Scores(input with { Options = options with { Weighting = weighting ?? options.Weighting } }, cancellation);
        input.OnProgress?.Invoke(new(Name, fits, fits));
        return Read(scores, input, fits);
    }

    private DetectorResult Read(InstanceScores scores, DetectorInput input, int fits) => new()
    {
        Scores = [.. input.Tasks.Select((task, k) => input.Wants(k) && score.AppliesTo(task)
            ? Enumerable.Range(0, input.Train.RowCount).Select(row => score.Of(scores, row, k)).ToArray()
            : null)],
        Fits = fits,
    };
}
