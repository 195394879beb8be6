using System.Globalization;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// What the network has learned of a row's label, joined with what models say that have not seen it: the mean of the two, each a mean log loss on the same scale. The
/// network's is the mean of its noise score and the log of its last loss. Of tables the models are trees and a linear one, of images further networks.
/// What ranks the rows of a table where nothing else is asked for.
/// </summary>
/// <remarks>
/// A network that learns all tasks together in spite of wrong labels, and models that have never seen the label err on different rows; see <see cref="Companions"/> for
/// how trees are fitted and weighed. Labels of other tasks are never among the models' features. Of images there are four further networks, each of which
/// speaks of the quarter of the rows that it has not seen. Of numbers half of what the models say is the odds that the number is wrong (<see cref="WrongOdds"/>).
/// </remarks>
public sealed class Combined : IDetector
{
    private const int Folds = 5, FoldsOfImages = 4;

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
    public string Summary => "the mean of the network's log losses, early and late, and those of models that have not seen the row: trees and a linear one for tables, networks for images; they err on different rows";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => !input.Modality.IsFlat || ModelOutOfFold.CanLearn(task, input);

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, options) = input;
        var wanted = Enumerable.Range(0, tasks.Count).Where(k => input.Wants(k) && AppliesTo(tasks[k], train.Input)).ToArray();
        var (network, fits) = input.Finished is { } finished ? (finished, 0) : NetworkFits.Scores(input, cancellation);
        if (!train.Input.Modality.IsFlat) return WithNetworks(input, wanted, network, fits, cancellation);
        if (input.IsLeftToFirstRank) return new DetectorResult { Scores = new float[]?[tasks.Count], Fits = fits };
        var (scores, predictions, losses, reasons) = (new float[]?[tasks.Count], new float[]?[tasks.Count], new float[]?[tasks.Count], new string?[tasks.Count]);
        var targets = wanted.ToDictionary(k => k, k => train.Labels[k].CountLabelled() >= FewestLabels ? PlainTargets.Of(tasks[k], train.Labels[k]) : null);
        var (done, all) = (fits, fits + targets.Values.OfType<PlainTargets>().Sum(of => Companions.FitsOf(of, Folds, library)));
        if (fits > 0) input.OnProgress?.Invoke(new DetectorProgress("network", fits, all));
        if (all > fits && TreeLibraries.Note(library) is { } note) input.OnNote?.Invoke(note + ".");
        var table = all > fits ? TableRows.InMemory(input) : null;
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
            var companions = Companions.Ask(new OutOfFoldModels(table!, of, fold, Folds), of, Folds, library, RunSeeds.Derive(options.Seed, "companions"),
                stage =>
                {
                    done++;
                    input.OnProgress?.Invoke(new DetectorProgress($"{stage}, of task {tasks[task].Name}", done, all));
                },
                cancellation,
                input.KnownRight?[k]);
            var surprises = WrongOdds.Join(companions.LogLosses, of, companions.Predictions);
            scores[k] = [.. Enumerable.Range(0, train.RowCount).Select(row => Mean(Network(network, row, task), surprises[row]))];
            predictions[k] = of.InUnits(companions.Predictions);
            losses[k] = of.Losses(companions.Predictions);
            reasons[k] = "the network and, out of fold, " + string.Join(", ", companions.Voices.Where(voice => voice.Voice >= 0.005)
                .Select(voice => string.Create(CultureInfo.InvariantCulture, $"{voice.Model.InWords} (loss {voice.Loss:G3}, counting {100 * voice.Voice:F0} %)")));
        }
        return new DetectorResult { Scores = scores, OutOfFold = predictions, OutOfFoldLosses = losses, Fits = done, Reasons = reasons };
    }

    // Models of another kind cannot see images; networks of the same kind that have not seen the row can.
    private static DetectorResult WithNetworks(DetectorInput input, int[] wanted, InstanceScores network, int fits, CancellationToken cancellation)
    {
        var (rows, tasks) = (input.Train.RowCount, input.Tasks.Count);
        DetectorResult? unseen = null;
        var reason = FormattableString.Invariant($"the network and, out of fold, {FoldsOfImages} networks");
        try
        {
            if (wanted.All(k => input.Train.Labels[k].CountLabelled() >= FewestLabels)) unseen = new OutOfFold { Folds = FoldsOfImages }.Detect(input, cancellation);
            else reason = FormattableString.Invariant($"the network alone: fewer than {FewestLabels} labels are too few for networks out of fold");
        }
        catch (ArgumentException e)
        {
            reason = $"the network alone: {e.Message.TrimEnd('.')}";
        }
        var scores = new float[]?[tasks];
        foreach (var k in wanted)
            scores[k] = unseen is null ? network.NoiseScores(k)
                : [.. Enumerable.Range(0, rows).Select(row => Mean(Network(network, row, k), LogLoss(unseen.Scores[k]![row])))];
        return new DetectorResult
        {
            Scores = scores,
            OutOfFold = unseen?.OutOfFold,
            OutOfFoldLosses = unseen?.OutOfFoldLosses,
            Fits = fits + (unseen?.Fits ?? 0),
            Reasons = [.. scores.Select(score => score is null ? null : reason)],
        };
    }

    private static float Network(InstanceScores network, int row, int task) =>
        Mean(network.NoiseScore(row, task), LogLoss(network.LastLoss(row, task)));

    private static float LogLoss(float loss) => (float)Math.Log(loss + LossStatistics.LogLossOffset);

    // A row that a cancelled training had not come to is scored by the models alone.
    private static float Mean(float first, float second) => float.IsNaN(first) ? second : float.IsNaN(second) ? first : (first + second) / 2;
}
