namespace Ilt.Auditing;

/// <summary>Rows that are equal or nearly so, first those whose labels disagree.</summary>
internal sealed class DuplicateCheck : IDataCheck
{
    private const int MostGroups = 100;

    public string Name => "duplicates";

    public string Summary => "Equal rows and nearly equal ones: where their labels differ one of them is wrong, and where they fall into training and validation the validation is too good.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        var geometry = evidence.Geometry;
        var pairs = NearDuplicates.Pairs(geometry, cancellation);
        var near = NearGroups(geometry, pairs);
        var inNear = near.SelectMany(group => group).ToHashSet();
        var equal = geometry.RowsOf.Where(group => group.Length > 1).OrderByDescending(group => group.Length).ThenBy(group => group[0]).ToArray();
        int[][] together = [.. near, .. equal.Where(group => !inNear.Contains(group[0]))];
        foreach (var task in evidence.Tasks)
            if (Disagreeing(task, together) is { } finding) yield return finding;
        if (equal.Length > 0) yield return Equal(evidence, equal);
        if (near.Count > 0) yield return Near(evidence, geometry, near);
    }

    private static Finding? Disagreeing(TaskEvidence task, int[][] groups)
    {
        var by = LabelDisagreement.Of(task);
        var found = groups.Select(group => (Group: group, By: by(group))).Where(f => f.By > 0)
            .OrderByDescending(f => f.By).ThenBy(f => f.Group[0]).Select(f => f.Group).ToArray();
        if (found.Length == 0) return null;
        return new("duplicates", task.Task,
            $"{Words.Count(found.Length, "group")} of equal or nearly equal rows with different labels",
            $"{Words.Count(found.Sum(group => group.Length), "row")} with (nearly) the same input do not have the same label{LabelDisagreement.InWords(task)}: at least one of each group is wrong, "
            + "or the features do not hold what the label depends on. Look at each group and make its labels agree.",
            Most(found), found.Length);
    }

    private static Finding Equal(DataEvidence evidence, int[][] groups)
    {
        var rows = groups.Sum(group => group.Length);
        var few = rows * 2 > evidence.RowCount ? " That is most of the rows: the features take few values, and equal rows need not be copies." : "";
        return new("duplicates", null,
            $"{Words.Count(groups.Length, "group")} of equal rows, {Words.Count(rows, "row")} altogether",
            $"Where one of a group is trained on and another one validates, the validation is too good. Keep one row of each group, or all of a group on the same side.{few}",
            Most(groups), groups.Length);
    }

    private static Finding Near(DataEvidence evidence, RowGeometry geometry, IReadOnlyList<int[]> groups)
    {
        var sampled = (geometry.FeatureNeighbours(default) ?? geometry.EmbeddingNeighbours(default))!.SampleInWords;
        var where = evidence.FeatureCount > 0 ? "by their features" : "to the network";
        return new("near-duplicates", null,
            $"{Words.Count(groups.Count, "group")} of nearly equal rows, {Words.Count(groups.Sum(group => group.Length), "row")} altogether",
            $"Chance does not bring rows so close together {where}: they may be copies of one thing, such as frames of a film or measurements of one patient. Keep all of a group on the same side of training and validation.{sampled}{(sampled.Length > 0 ? " There may be more groups." : "")}",
            Most(groups), groups.Count);
    }

    private static IReadOnlyList<int[]> Most(IReadOnlyList<int[]> groups) => [.. groups.Take(MostGroups)];

    /// <summary>What hangs together by pairs, the closest first, with all the rows of each input.</summary>
    private static List<int[]> NearGroups(RowGeometry geometry, IReadOnlyList<(int A, int B, double Ratio)> pairs)
    {
        var parent = new Dictionary<int, int>();
        foreach (var (a, b, _) in pairs) (parent[a], parent[b]) = (a, b);
        foreach (var (a, b, _) in pairs) parent[Math.Max(Root(a), Root(b))] = Math.Min(Root(a), Root(b));
        var places = new Dictionary<int, int>(); // of the roots, in the order of their closest pair
        foreach (var (a, _, _) in pairs) places.TryAdd(Root(a), places.Count);
        return [.. parent.Keys.GroupBy(Root).OrderBy(group => places[group.Key]).Select(group => group.SelectMany(i => geometry.RowsOf[i]).Order().ToArray())];

        int Root(int i)
        {
            while (parent[i] != i) i = parent[i];
            return i;
        }
    }
}
