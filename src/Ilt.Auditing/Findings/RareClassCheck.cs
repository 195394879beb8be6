namespace Ilt.Auditing;

/// <summary>Classes of which there are too few rows.</summary>
internal sealed class RareClassCheck : IDataCheck
{
    private const int FewestRows = 10, FewestLabels = 50, MostGroups = 100;
    private const double Almost = 0.95;

    public string Name => "rare-classes";

    public string Summary => "Classes with so few rows that neither they nor their labels can be judged, and a class that almost all rows have.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        foreach (var task in evidence.Tasks)
        {
            if (task.Form != LabelForm.Classes) continue;
            var classes = Enumerable.Range(0, task.RowCount).Where(task.IsLabelled).GroupBy(row => (int)task.Given[row]).Select(rows => (Label: rows.Key, Rows: rows.ToArray()))
                .OrderBy(c => c.Rows.Length).ThenBy(c => c.Label).ToArray();
            var labelled = classes.Sum(c => c.Rows.Length);
            if (labelled < FewestLabels) continue;
            var rare = classes.Where(c => c.Rows.Length < FewestRows).ToArray();
            if (rare.Length > 0)
            {
                var names = rare.Select(c => Words.Text($"{evidence.ClassName(task.Task, c.Label)} ({c.Rows.Length})")).ToArray();
                yield return new("rare-classes", task.Task, $"{Words.Count(rare.Length, "class")} with fewer than {FewestRows} rows",
                    $"{Words.Some(names, 5)}: too few to learn them, so that their labels look wrong whether they are or not. Collect more rows, or merge them with another class.",
                    [.. rare.Take(MostGroups).Select(c => c.Rows)], rare.Length);
            }
            if (classes.Length < 2 || classes[^1].Rows.Length < Almost * labelled) continue;
            yield return new("rare-classes", task.Task, $"{Words.Percent(classes[^1].Rows.Length / (double)labelled)} of the labels are class {evidence.ClassName(task.Task, classes[^1].Label)}",
                "Always naming that class is right almost always: look at the accuracy of each class, not of all rows.", [], 0);
        }
    }
}
