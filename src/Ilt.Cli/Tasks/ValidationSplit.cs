namespace Ilt.Cli.Tasks;

/// <summary>Which rows are trained on and which only measured on.</summary>
internal static class ValidationSplit
{
    /// <summary>
    /// Sets about <paramref name="fraction"/> of the given rows (in file order) aside, at random by the seed. Two rows of every class stay in training, so that a
    /// rare class is not lost to the split. Both lists are in file order.
    /// </summary>
    public static (int[] Train, int[] Validation) Split(int[] rows, IReadOnlyList<TaskLabel> labels, double fraction, int seed)
    {
        const int KeptPerClass = 2;
        var classes = labels.OfType<ClassLabel>().ToList();
        var left = classes.Select(label =>
        {
            var counts = new int[label.ClassNames.Count];
            foreach (var c in rows.Select(row => label.Classes[row]).Where(c => c >= 0))
                counts[c]++;
            return counts;
        }).ToList();
        var order = (int[])rows.Clone();
        new Random(seed).Shuffle(order);
        var wanted = Math.Clamp((int)Math.Round(fraction * rows.Length), 1, Math.Max(1, rows.Length - 1));
        var validation = new List<int>();
        foreach (var row in order)
        {
            if (validation.Count == wanted)
                break;
            var rare = classes.Where((label, i) => label.Classes[row] >= 0 && left[i][label.Classes[row]] <= KeptPerClass).Any();
            if (rare)
                continue;
            validation.Add(row);
            for (var i = 0; i < classes.Count; i++)
            {
                if (classes[i].Classes[row] >= 0)
                    left[i][classes[i].Classes[row]]--;
            }
        }

        var held = validation.ToHashSet();
        return (rows.Where(r => !held.Contains(r)).ToArray(), validation.Order().ToArray());
    }
}
