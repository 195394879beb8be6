using System.Globalization;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// What the network has learned of a row's label, joined with what trees and a linear model say that have not seen it: the mean of the two, each a mean log
/// loss on the same scale. The network's is the mean of its noise score and the log of its last loss. What ranks the rows of a table where nothing else is asked for.
/// </summary>
/// <remarks>
/// A network that learns all tasks together in spite of wrong labels, and trees that have never seen the label err on different rows; see <see cref="Companions"/> for
/// how the latter are fitted and weighed. Labels of other tasks are never among the models' features.
/// </remarks>
public sealed class Combined : IDetector
{
    private const int Folds = 5;

    private readonly TreeLibrary library;

    /// <summary>Creates the detector.</summary>
    public Combined()
        : this(TreeLibraries.Here)
    {
    }

    internal Combined(TreeLibrary library) => this.library = library;

    /// <summary>With fewer labels, a fold has too few to learn anything from: the task is ranked by the network alone, which its reason says.</summary>
    public const int FewestLabels = 40;

    /// <inheritdoc/>
    public string Name => "combined";

    /// <inheritdoc/>
    public string Summary => "the mean of the network's log losses, early and late, and those of trees and a linear model that have not seen the row; they err on different rows";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => ModelOutOfFold.CanLearn(task, input);

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, options) = input;
        var wanted = Enumerable.Range(0, tasks.Count).Where(k => input.Wants(k) && AppliesTo(tasks[k], train.Input)).ToArray();
        var (network, fits) = input.Finished is { } finished ? (finished, 0) : NetworkFits.Scores(input, cancellation);
        var (scores, predictions, reasons) = (new float[]?[tasks.Count], new float[]?[tasks.Count], new string?[tasks.Count]);
        var targets = wanted.ToDictionary(k => k, k => train.Labels[k].CountLabelled() >= FewestLabels ? PlainTargets.Of(tasks[k], train.Labels[k]) : null);
        var (done, all) = (fits, fits + targets.Values.OfType<PlainTargets>().Sum(of => Companions.FitsOf(of, Folds, library)));
        if (fits > 0) input.OnProgress?.Invoke(new DetectorProgress("network", fits, all));
        if (all > fits && TreeLibraries.Note(library) is { } note) input.OnNote?.Invoke(note + ".");
        foreach (var k in wanted)
        {
            var task = k;
            if (targets[k] is not { } of)
            {
                scores[k] = network.NoiseScores(k);
                reasons[k] = string.Create(CultureInfo.InvariantCulture, $"the network alone: {train.Labels[k].CountLabelled()} labels are too few for models out of fold");
                continue;
            }
            var fold = RowFolds.Assign([train.Labels[k]], train.RowCount, Folds, RunSeeds.Derive(options.Seed, "folds"));
            var companions = Companions.Ask(new OutOfFoldModels((TableData)train, of, fold, Folds), of, Folds, library, RunSeeds.Derive(options.Seed, "companions"),
                stage =>
                {
                    done++;
                    input.OnProgress?.Invoke(new DetectorProgress($"{stage}, of task {tasks[task].Name}", done, all));
                },
                cancellation,
                input.KnownRight?[k]);
            scores[k] = [.. Enumerable.Range(0, train.RowCount).Select(row => Mean(Network(network, row, task), companions.LogLosses[row]))];
            predictions[k] = of.InUnits(companions.Predictions);
            reasons[k] = "the network and, out of fold, " + string.Join(", ", companions.Voices.Where(voice => voice.Voice >= 0.005)
                .Select(voice => string.Create(CultureInfo.InvariantCulture, $"{voice.Model.InWords} (loss {voice.Loss:G3}, counting {100 * voice.Voice:F0} %)")));
        }
        return new DetectorResult { Scores = scores, OutOfFold = predictions, Fits = done, Reasons = reasons };
    }

    private static float Network(InstanceScores network, int row, int task) =>
        Mean(network.NoiseScore(row, task), (float)Math.Log(network.LastLoss(row, task) + LossStatistics.LogLossOffset));

    // A row that a cancelled training had not come to is scored by the models alone.
    private static float Mean(float first, float second) => float.IsNaN(first) ? second : float.IsNaN(second) ? first : (first + second) / 2;
}
