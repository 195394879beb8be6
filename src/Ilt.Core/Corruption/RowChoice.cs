namespace Ilt.Corruption;

/// <summary>Chooses the rows to corrupt.</summary>
internal static class RowChoice
{
    /// <summary>
    /// round(fraction x candidates) of the candidates, in random order, by a partial Fisher-Yates shuffle: with one seed, the rows of a
    /// smaller fraction are among those of a larger one.
    /// </summary>
    public static int[] Choose(List<int> candidates, double fraction, SeededGenerator generator)
    {
        var count = (int)Math.Round(fraction * candidates.Count, MidpointRounding.AwayFromZero);
        for (var i = 0; i < count; i++)
        {
            var j = i + generator.NextInt(candidates.Count - i);
            (candidates[i], candidates[j]) = (candidates[j], candidates[i]);
        }

        return [.. candidates[..count]];
    }
}
