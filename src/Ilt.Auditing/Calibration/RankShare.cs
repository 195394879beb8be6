namespace Ilt.Auditing;

/// <summary>Ranks as shares.</summary>
internal static class RankShare
{
    /// <summary>Per value the share of all values that are at most as large; equal ones have the mean of their ranks. NaN where it is NaN.</summary>
    public static float[] Of(double[] values)
    {
        var known = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]).ToArray();
        var shares = new float[values.Length];
        Array.Fill(shares, float.NaN);
        for (var first = 0; first < known.Length;)
        {
            var end = first;
            while (end < known.Length && values[known[end]] == values[known[first]]) end++;
            for (var i = first; i < end; i++) shares[known[i]] = (float)((first + end + 1) / 2.0 / known.Length);
            first = end;
        }
        return shares;
    }
}
