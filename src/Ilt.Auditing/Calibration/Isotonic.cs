namespace Ilt.Auditing;

/// <summary>Isotonic regression: the nearest values, by squares, that do not fall (pool adjacent violators; Ayer and others, 1955).</summary>
internal static class Isotonic
{
    /// <summary>Values that do not fall with their keys, and are equal where keys are.</summary>
    /// <param name="keys">What values must not fall with; no NaN.</param>
    /// <param name="values">The values.</param>
    public static double[] Fit(double[] keys, double[] values)
    {
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).ToArray();
        var blocks = new List<(double Sum, int Count)>();
        for (var place = 0; place < order.Length;)
        {
            var (sum, count) = (0.0, 0);
            for (var key = keys[order[place]]; place < order.Length && keys[order[place]] == key; place++, count++) sum += values[order[place]];
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count >= sum / count)
            {
                (sum, count) = (sum + blocks[^1].Sum, count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add((sum, count));
        }
        var fitted = new double[keys.Length];
        var at = 0;
        foreach (var (sum, count) in blocks)
            for (var i = 0; i < count; i++) fitted[order[at++]] = sum / count;
        return fitted;
    }
}
