using System.Diagnostics;
using Ilt.Auditing;
using Ilt.Bodies;
using Ilt.Detection;
using Ilt.Detectors;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Fits what a cell asks for and measures it.</summary>
internal sealed class CellRunner(ExperimentFile file, DataAccess access)
{
    /// <summary>Runs a cell.</summary>
    /// <exception cref="ExperimentException">The data do not suit it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CellResult Run(Cell cell, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var data = access.Load(cell.Data, cell.Seed);
        bool[]? isAmbiguous = null;
        if (cell.Data.Ambiguous > 0)
        {
            (var mixed, isAmbiguous) = AmbiguousRows.Of(cell.Data, data, cell.Data.Ambiguous, cell.Seed);
            data = data with { Train = mixed };
        }
        int[] hit = [.. cell.Corrupted.Select(name => IndexOf(data, name, cell))];
        var corrupted = CorruptionKinds.Apply(cell.Corruption, data, hit, cell.Level, cell.Seed) with { IsAmbiguous = isAmbiguous };
        var scales = new[] { file.Training, cell.Method.Training }.SelectMany(section => section.LossScales).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        TaskDefinition[] tasks = [.. data.Tasks.Select(task => scales.TryGetValue(task.Name, out var scale) ? task with { LossScale = scale } : task)];
        var train = WithLabels(data.Train, corrupted.Labels);
        var measured = new List<Measured>();
        for (var k = 0; k < tasks.Length; k++)
            if (corrupted.Wrong[k] is { } wrong) measured.Add(new Measured("", tasks[k].Name, MeasureNames.WrongShare, wrong.Count(isWrong => isWrong) / (double)wrong.Length));
        var (fits, traces) = cell.Method.Weighting is null
            ? (file.Audit ? Audit(cell, tasks, train, data, corrupted, measured, cancellation) : Detect(cell, tasks, train, corrupted, measured, cancellation), null)
            : Train(cell, tasks, train, data, corrupted, measured, cancellation);
        return new CellResult { Cell = cell.ToString(), Identity = cell.Identity, Fits = fits, Measured = measured, Traces = traces, Seconds = clock.Elapsed.TotalSeconds };
    }

    private (int Fits, IReadOnlyList<TaskTrace>? Traces) Train(
        Cell cell, TaskDefinition[] tasks, TrainingData train, LoadedData data, CorruptedLabels corrupted, List<Measured> measured, CancellationToken cancellation)
    {
        var options = Options(cell, tasks) with { Weighting = cell.Method.Weighting!.Value, WeightingOptions = cell.Method.WeightingOptions, WatchedRows = file.Trace ? [.. Enumerable.Range(0, train.RowCount)] : [] };
        var result = MultiTaskTraining.Train(tasks, train, file.PerEpoch ? data.Test : null, options, cancellation);
        using var model = result.Model;
        cancellation.ThrowIfCancellationRequested();
        var test = model.Evaluate(data.Test);
        for (var k = 0; k < tasks.Length; k++)
        {
            measured.Add(new Measured("", tasks[k].Name, MeasureNames.Error, test[k].Error));
            measured.AddRange(test[k].Metrics.Select(metric => new Measured("", tasks[k].Name, metric.Name, metric.Value)));
            if (file.PerEpoch) measured.AddRange(BestEpochs(tasks[k].Name, [.. result.History.Where(report => report.Validation is not null).Select(report => report.Validation![k])]));
        }
        foreach (var score in RowScores.All)
        {
            var columns = tasks.Select((task, k) => score.AppliesTo(task) && (score.OnlyUnder is null || score.OnlyUnder == cell.Method.Weighting) ? Column(result.Scores, score, k) : null).ToArray();
            Rank(score.Name, cell.Level, tasks, columns, score.Name == "log-variance" ? [.. tasks.Select((_, k) => result.Scores.NoiseScores(k))] : null, corrupted, measured);
        }
        if (corrupted.InRegions)
            foreach (var k in Enumerable.Range(0, tasks.Length).Where(k => corrupted.Wrong[k] is not null && data.Train.Labels[k] is MaskLabels))
                measured.AddRange(RegionMeasures.Of(tasks[k].Name, k, data.Train, (ImageData)train, corrupted.Wrong[k]!, result));
        return (result.History.Count > 0 ? result.History[^1].Fits : 1, file.Trace ? TraceMaker.Of(tasks, result, corrupted.Wrong) : null);
    }

    private int Detect(Cell cell, TaskDefinition[] tasks, TrainingData train, CorruptedLabels corrupted, List<Measured> measured, CancellationToken cancellation)
    {
        var detector = DetectorCatalog.Find(cell.Method.Detector!);
        var wanted = Wanted(detector, tasks, train, corrupted);
        if (wanted.Length == 0) return 0;
        var result = detector.Detect(new DetectorInput(tasks, train, Options(cell, tasks)) { Wanted = wanted }, cancellation);
        Rank("", cell.Level, tasks, [.. result.Scores], null, corrupted, measured);
        return result.Fits;
    }

    // As ilt audit does it: the network is trained on all rows, the detector builds on it, and the audit sees what both say.
    private int Audit(
        Cell cell, TaskDefinition[] tasks, TrainingData train, LoadedData data, CorruptedLabels corrupted, List<Measured> measured, CancellationToken cancellation)
    {
        var detector = DetectorCatalog.Find(cell.Method.Detector!);
        var wanted = Wanted(detector, tasks, train, corrupted);
        if (wanted.Length == 0) return 0;
        var options = Options(cell, tasks);
        var trained = MultiTaskTraining.Train(tasks, train, null, options, cancellation);
        using var model = trained.Model;
        cancellation.ThrowIfCancellationRequested();
        var found = detector.Detect(new DetectorInput(tasks, train, options) { Wanted = wanted, Finished = trained.Scores }, cancellation);
        Rank("", cell.Level, tasks, [.. found.Scores], null, corrupted, measured);
        var inSample = tasks.Select((task, k) => wanted.Contains(k) && !task.IsPerPixel ? new float[train.RowCount * task.OutputSize(train.Input)] : null).ToArray();
        model.PredictInParts(train, (first, part) =>
        {
            for (var k = 0; k < tasks.Length; k++)
                if (inSample[k] is { } all) part[k].CopyTo(all, first * tasks[k].OutputSize(train.Input));
        });
        foreach (var k in wanted.Where(k => found.Scores[k] is not null && found.OutOfFoldLosses?[k] is not null))
        {
            var evidence = TaskEvidence.Of(tasks[k], train, k, found.Scores[k]!, found.OutOfFold?[k], found.OutOfFoldLosses![k], inSample[k], cell.Seed);
            measured.AddRange(AuditMeasures.Of(tasks[k].Name, TaskAuditor.Audit(evidence, cancellation), found.Scores[k]!, corrupted.Wrong[k]!, data.Train.Labels[k]));
        }
        return trained.History[^1].Fits + found.Fits;
    }

    // A detector with fits of its own is asked about the tasks with wrong labels alone: the others cost as much and are no part of any ranking.
    private static int[] Wanted(IDetector detector, TaskDefinition[] tasks, TrainingData train, CorruptedLabels corrupted) =>
        [.. Enumerable.Range(0, tasks.Length).Where(k => detector.AppliesTo(tasks[k], train.Input) && corrupted.Wrong[k] is not null)];

    private void Rank(string score, double level, TaskDefinition[] tasks, float[]?[] columns, float[][]? tieBreaks, CorruptedLabels corrupted, List<Measured> measured)
    {
        var any = TraceMaker.Union(corrupted.Wrong, columns.OfType<float[]>().FirstOrDefault()?.Length ?? 0);
        for (var k = 0; k < tasks.Length; k++)
        {
            if (columns[k] is not { } scores || scores.All(float.IsNaN)) continue;
            if (corrupted.Wrong[k] is { } wrong)
            {
                measured.AddRange(RankingMeasures.Of(score, tasks[k].Name, scores, tieBreaks?[k], wrong, corrupted.IsAmbiguous, level, file.Found));
            }
            else if (any is not null)
            {
                var area = DetectionMetrics.RocAuc(scores, any);
                measured.Add(new Measured(score, tasks[k].Name, MeasureNames.BlindAuc, area));
                measured.Add(new Measured(score, tasks[k].Name, MeasureNames.Blindness, Math.Abs(area - 0.5)));
            }
        }
    }

    private TrainingOptions Options(Cell cell, TaskDefinition[] tasks)
    {
        var options = cell.Method.Training.Apply(file.Training.Apply(DataKinds.Defaults(cell.Data) with { Seed = cell.Seed }));
        if (file.MostEpochs is { } most) options = options with { Epochs = Math.Min(options.Epochs ?? most, most) };
        var strength = cell.Method.Training.PersonAugmentation ?? file.Training.PersonAugmentation ?? 0;
        if (strength == 0) return options;
        var changes = new BodyAugmentation { Degrees = 20 * strength, Scale = 0.2 * strength, Colour = 0.2 * strength };
        return options with { PersonAugmentation = new() { PoseTask = tasks.Any(task => task.Name == "pose") ? "pose" : null, Changes = changes } };
    }

    private static IEnumerable<Measured> BestEpochs(string task, TaskMetrics[] epochs)
    {
        if (epochs.Length == 0) yield break;
        yield return new Measured("", task, MeasureNames.Best + MeasureNames.Error, epochs.Min(epoch => epoch.Error));
        foreach (var metric in epochs[0].Metrics)
        {
            var values = epochs.Select(epoch => epoch[metric.Name] ?? double.NaN);
            yield return new Measured("", task, MeasureNames.Best + metric.Name, metric.HigherIsBetter ? values.Max() : values.Min());
        }
    }

    private static float[] Column(InstanceScores scores, IRowScore score, int task)
    {
        var column = new float[scores.RowCount];
        for (var row = 0; row < column.Length; row++) column[row] = score.Of(scores, row, task);
        return column;
    }

    private static int IndexOf(LoadedData data, string task, Cell cell)
    {
        for (var k = 0; k < data.Tasks.Count; k++)
            if (data.Tasks[k].Name == task) return k;
        throw new ExperimentException($"{cell.Data.Where}: there is no task '{task}' in the data; there are {string.Join(", ", data.Tasks.Select(known => known.Name))}.");
    }

    private static TrainingData WithLabels(TrainingData data, IReadOnlyList<TaskLabels> labels) => data switch
    {
        TableData table => new TableData(table.Features, table.FeatureCount, labels),
        ImageData images => new ImageData(images.Images, images.Size, images.Input.Channels, labels),
        _ => throw new NotSupportedException($"rows of the kind {data.GetType().Name}"),
    };
}
