namespace Ilt.Auditing;

/// <summary>The two-sample test of Kolmogorov and Smirnov of every block of a sequence against the others.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Per block the largest difference of the two distribution functions, 0 to 1; 0 for a block without values or with all of them.</summary>
    /// <param name="values">The values; NaN counts as one value below all others.</param>
    /// <param name="blockOf">Per value its block, from 0.</param>
    /// <param name="blocks">Blocks.</param>
    public static double[] Differences(float[] values, int[] blockOf, int blocks)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((float[])values.Clone(), order);
        var (sizes, seen, largest) = (new int[blocks], new int[blocks], new double[blocks]);
        foreach (var block in blockOf) sizes[block]++;
        for (var i = 0; i < order.Length; i++)
        {
            seen[blockOf[order[i]]]++;
            if (i + 1 < order.Length && values[order[i + 1]].Equals(values[order[i]])) continue; // within equal values nothing is compared
            for (var block = 0; block < blocks; block++)
            {
                var others = values.Length - sizes[block];
                if (sizes[block] == 0 || others == 0) continue;
                largest[block] = Math.Max(largest[block], Math.Abs((seen[block] / (double)sizes[block]) - ((i + 1 - seen[block]) / (double)others)));
            }
        }
        return largest;
    }

    /// <summary>The probability of such a difference or a larger one where both samples are of one continuous distribution; of values with ties it is too large.</summary>
    /// <remarks>The asymptotic series, with Stephens's correction for small samples (1970).</remarks>
    public static double Probability(double difference, int first, int second)
    {
        var root = Math.Sqrt((double)first * second / (first + second));
        var lambda = (root + 0.12 + (0.11 / root)) * difference;
        if (lambda < 0.3) return 1; // the series does not settle there; the probability is 0.99999 and more
        var sum = 0.0;
        for (var j = 1; j <= 100; j++) sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2 * j * j * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
