namespace Ilt.Auditing;

/// <summary>A stretch of the file in which many labels look wrong: somebody's bad day, a broken sensor, a shifted column.</summary>
/// <remarks>
/// A row hits where its score is in the highest tenth among the rows of its class, or of the twentieth of the labels' numbers that it is in: a file that is sorted by a
/// harder class is no stretch. A stretch must hold at least twice its share of hits.
/// </remarks>
internal sealed class StretchCheck : IDataCheck
{
    private const double Chance = 0.01, Highest = 0.1, Times = 2;
    private const int Orders = 999, OrdersPerTask = 200, NumberGroups = 20, FewestRowsPerGroup = 50;

    public string Name => "stretch";

    public string Summary => "Stretches of the file in which far more labels look wrong than elsewhere: an annotator's bad day, a broken sensor, a shifted column.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        var count = Math.Max(1, evidence.Tasks.Count);
        for (var k = 0; k < evidence.Tasks.Count; k++)
        {
            var task = evidence.Tasks[k];
            var rows = Enumerable.Range(0, task.RowCount).Where(row => task.IsLabelled(row) && !float.IsNaN(task.Scores[row])).ToArray();
            var hits = Hits(task, rows);
            var orders = Math.Max(Orders, OrdersPerTask * count); // enough that the least probability passes
            if (ScanStatistic.Of(hits, evidence.Seed + k, orders, cancellation) is not { } best || best.Probability * count > Chance || best.Hits < Times * Highest * best.Length) continue;
            var stretch = rows[best.First..(best.First + best.Length)];
            yield return new("stretch", task.Task, $"Labels look wrong in {Words.Rows(stretch[0], stretch[^1])}",
                $"Of {Words.Count(stretch.Length, "row")} there, {Words.Percent(best.Hits / (double)best.Length)} are among the {Words.Percent(Highest)} of the most suspicious "
                + $"(p = {Words.Text($"{best.Probability:0.####}")} by {Words.Number(orders)} random orders). Somebody may have had a bad day, a sensor may have been broken, or the rows are harder: look at the stretch as a whole.",
                [stretch], 1);
        }
    }

    private static bool[] Hits(TaskEvidence task, int[] rows)
    {
        var hits = new bool[rows.Length];
        foreach (var group in Groups(task, rows))
        {
            var order = group.OrderByDescending(i => task.Scores[rows[i]]).ThenBy(i => i).ToArray();
            foreach (var i in order.Take((int)Math.Round(Highest * order.Length))) hits[i] = true;
        }
        return hits;
    }

    private static IEnumerable<IEnumerable<int>> Groups(TaskEvidence task, int[] rows)
    {
        var places = Enumerable.Range(0, rows.Length);
        if (task.Form == LabelForm.Images) return [places];
        if (task.Form == LabelForm.Classes) return places.GroupBy(i => task.Given[rows[i]]);
        var groups = Math.Clamp(rows.Length / FewestRowsPerGroup, 1, NumberGroups);
        return places.OrderBy(i => task.Given[rows[i] * task.Columns]).Select((i, rank) => (i, Group: (int)((long)rank * groups / rows.Length))).GroupBy(p => p.Group, p => p.i);
    }
}
