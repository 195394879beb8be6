using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Corruption;
using Ilt.Experiments;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Reads the tables of experiments as <c>ilt flag</c> reads them: the same columns, the same features, the same split.</summary>
internal sealed class ExperimentData : IExperimentData
{
    private const int RowSeed = 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files(DataSet set, string path) => set.Kind == DataKinds.Table ? [path] : ExperimentImages.Files(set, path);

    /// <inheritdoc/>
    public LoadedData Read(DataSet set, string path, int seed)
    {
        try
        {
            return set.Kind == DataKinds.Table ? ReadTable(set, path, seed) : ExperimentImages.Read(set, path, seed);
        }
        catch (UserErrorException e)
        {
            throw new ExperimentException($"data set {set.Name}: {e.Message}", e);
        }
    }

    private static LoadedData ReadTable(DataSet set, string path, int seed)
    {
        var data = FlagData.Read(new FlagOptions
        {
            Data = path,
            Tasks = TaskSpec.ParseAll([.. set.TaskTexts]),
            Features = set.Features,
            Ignore = [.. set.Ignore, .. set.Known.Select(known => known.Column)],
            ValidationFraction = set.TestShare,
            Seed = seed,
        });
        var kept = Kept(data.Table.RowCount, set.Rows);
        var (trainRows, testRows) = (Array.FindAll(data.TrainRows, kept.Contains), Array.FindAll(data.ValidationRows, kept.Contains));
        if (trainRows.Length == 0 || testRows.Length == 0)
            throw new UserErrorException($"{path}: of {kept.Count} rows none is left {(trainRows.Length == 0 ? "to train on" : "for tests")}; take more rows.");
        var ml = new MLContext(seed);
        var (train, test) = Features(ml, data, trainRows, testRows);
        LearnedTask[] tasks = [.. data.Labels.Select(label => label.Spec.Syntax.Learned(label) ?? throw new UserErrorException($"{label.Spec.Option}: a {label.Spec.KindName} is no task of a table in an experiment."))];
        var all = new TableData(new float[data.Table.RowCount], 1, [.. tasks.Select(task => task.Labels)]);
        return new LoadedData([.. tasks.Select(task => task.Task)], WithLabels(train, all.Subset(trainRows)), WithLabels(test, all.Subset(testRows)))
        {
            Known = set.Known.ToDictionary(known => known.Name, known => Known(data, tasks, known, trainRows)),
        };

        static TableData WithLabels((float[] Values, int Count) features, TableData labels) => new(features.Values, features.Count, labels.Labels);
    }

    // Always the same ones, whatever the seed of a cell.
    private static HashSet<int> Kept(int rows, int? most)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        if (most is not { } count || count >= rows) return [.. order];
        // A sequence of its own: that of the split, which begins with the seed of the cell, would keep the very rows that are set aside.
        SeededGenerator.ForItem(RowSeed, 0).Shuffle<int>(order);
        return [.. order[..count]];
    }

    private static ((float[] Values, int Count) Train, (float[] Values, int Count) Test) Features(MLContext ml, FlagData data, int[] trainRows, int[] testRows)
    {
        var input = FlagTraining.InputView(data);
        IDataView train = new TableDataView(input, trainRows), test = new TableDataView(input, testRows);
        foreach (var step in FeatureSteps.Create(ml, data.Features))
        {
            var fitted = step.Fit(train);
            (train, test) = (fitted.Transform(train), fitted.Transform(test));
        }
        return (Column(train), Column(test));

        static (float[], int) Column(IDataView view)
        {
            var values = new List<float>();
            var count = 0;
            var column = view.Schema[FeatureSteps.FeaturesColumn];
            using var cursor = view.GetRowCursor([column]);
            var getter = cursor.GetGetter<VBuffer<float>>(column);
            var row = default(VBuffer<float>);
            while (cursor.MoveNext())
            {
                getter(ref row);
                values.AddRange(row.DenseValues());
                count = row.Length;
            }
            return ([.. values], count);
        }
    }

    private static KnownLabels Known(FlagData data, LearnedTask[] tasks, KnownColumn known, int[] rows)
    {
        var k = Array.FindIndex(tasks, task => task.Task.Name == known.Task);
        var spec = data.Labels[k].Spec with { ColumnPatterns = [known.Column] };
        var given = spec.Syntax.Learned(TaskLabel.Read(data.Table, spec, data.Labels[k]))!;
        var labels = given.ClassNames is null ? given.Labels : Renamed(given, tasks[k].ClassNames!, data.Table.Column(known.Column, "known"));
        var both = new TableData(new float[data.Table.RowCount], 1, [tasks[k].Labels, labels]).Subset(rows);
        return new KnownLabels(k, both.Labels[1], LabelDifferences.Between(both.Labels[0], both.Labels[1]));
    }

    // The classes of the column with mistakes, by the numbers that the right ones have.
    private static ClassLabels Renamed(LearnedTask given, IReadOnlyList<string> names, TableColumn column)
    {
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        var classes = ((ClassLabels)given.Labels).Classes.ToArray();
        for (var row = 0; row < classes.Length; row++)
        {
            if (classes[row] < 0) continue;
            var name = given.ClassNames![classes[row]];
            classes[row] = numbers.TryGetValue(name, out var number)
                ? number
                : throw new UserErrorException($"{column.Where(row)}: the class '{name}' is none of the right labels' ({string.Join(", ", names.Take(12))}).");
        }
        return new ClassLabels(classes);
    }
}
