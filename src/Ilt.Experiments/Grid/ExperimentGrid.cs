using Ilt.Detectors;
using System.Text;

namespace Ilt.Experiments;

/// <summary>All cells of an experiment, in the order of its file.</summary>
internal static class ExperimentGrid
{
    // Raised when what a cell measures changes.
    private const int Format = 2;

    /// <summary>Lists the cells.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="fingerprint">A hash of the files of a data set.</param>
    /// <param name="versions">Versions of the programs that compute.</param>
    /// <exception cref="ExperimentException">A corruption fits no data set.</exception>
    public static IReadOnlyList<Cell> Cells(ExperimentFile file, Func<DataSet, string> fingerprint, IReadOnlyList<string> versions)
    {
        var cells = new List<Cell>();
        foreach (var plan in file.Corruptions)
            if (file.DataSets.All(set => Targets(plan, set).Count == 0))
                throw new ExperimentException($"{plan.Where}: {plan.Kind} fits no task{(plan.Tasks.Count > 0 ? " " + string.Join(", ", plan.Tasks) : "")} of {string.Join(", ", file.DataSets.Select(set => set.Name))}"
                    + $" (their tasks: {string.Join(", ", file.DataSets.SelectMany(set => set.Tasks).Select(task => $"{task.Name}={task.Form.ToString().ToLowerInvariant()}").Distinct().Take(20))}).");
        foreach (var set in file.DataSets)
            foreach (var plan in file.Corruptions)
                foreach (var tasks in Targets(plan, set))
                    foreach (var level in plan.Levels)
                        foreach (var seed in file.Seeds)
                            foreach (var method in file.Methods)
                            {
                                if (method.Data.Count > 0 && !method.Data.Contains(set.Name)) continue;
                                if (method.Weighting is null && plan.Kind == CorruptionPlan.Clean) continue; // nothing to find
                                cells.Add(new Cell(set, plan, tasks, level, seed, method)
                                {
                                    Identity = Identity(file, set, plan, tasks, level, seed, method, fingerprint, versions),
                                });
                            }
        return cells;
    }

    /// <summary>The sets of tasks that a corruption hits in a data set.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Targets(CorruptionPlan plan, DataSet set)
    {
        if (plan.Data.Count > 0 && !plan.Data.Contains(set.Name)) return [];
        if (plan.Kind == CorruptionPlan.Clean) return [[]];
        if (plan.Kind == CorruptionPlan.Known)
        {
            var known = set.Known.Concat(DataKinds.BuiltIn.FirstOrDefault(kind => kind.Name == set.Kind)?.Known ?? []);
            return [.. known.Where(column => column.Name == plan.Name).Select(column => (IReadOnlyList<string>)[column.Task])];
        }
        if (CorruptionKinds.IsOfRows(plan)) return [[.. set.Tasks.Where(task => task.Form != LabelForm.Derived).Select(task => task.Name)]];
        if (plan.Tasks.Count == 0) return [.. set.Tasks.Where(task => CorruptionKinds.Fits(plan, task.Form)).Select(task => (IReadOnlyList<string>)[task.Name])];
        return plan.Tasks.All(name => set.Tasks.Any(task => task.Name == name && CorruptionKinds.Fits(plan, task.Form))) ? [plan.Tasks] : [];
    }

    private static string Identity(
        ExperimentFile file, DataSet set, CorruptionPlan plan, IReadOnlyList<string> tasks, double level, int seed, Method method, Func<DataSet, string> fingerprint, IReadOnlyList<string> versions)
    {
        var text = new StringBuilder();
        Add("format", $"{Format}");
        foreach (var version in versions) Add("version", version);
        Add("data", set.Canonical);
        Add("files", fingerprint(set));
        Add("rows", $"{set.Rows}");
        Add("test rows", $"{set.TestRows}");
        Add("corruption", plan.Canonical);
        if (plan.Kind == CorruptionPlan.Known) Add("known", plan.Name);
        Add("corrupted", string.Join('\t', tasks));
        Add("level", FormattableString.Invariant($"{level:R}"));
        Add("seed", FormattableString.Invariant($"{seed}"));
        Add("method", method.Canonical);
        Add("training", file.Training.Canonical);
        Add("most epochs", $"{file.MostEpochs}");
        Add("found", string.Join(' ', file.Found.Select(share => FormattableString.Invariant($"{share:R}"))));
        if (method.Weighting is not null)
        {
            Add("scores", string.Join(' ', RowScores.All.Select(score => score.Name)));
            Add("per epoch", $"{file.PerEpoch}");
            Add("trace", $"{file.Trace}");
        }
        if (method.Weighting is null && file.Audit) Add("audit", "true");
        return text.ToString();

        void Add(string name, string value) => text.Append(name).Append(": ").Append(value).Append('\n');
    }
}
