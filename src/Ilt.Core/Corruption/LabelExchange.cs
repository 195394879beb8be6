namespace Ilt.Corruption;

/// <summary>Who gets whose label when rows exchange labels.</summary>
internal static class LabelExchange
{
    /// <summary>
    /// A random permutation p of 0 .. n-1 such that labels[p[i]] differs from labels[i] for as many i as possible: for all of them
    /// unless one label is held by more than half of the rows.
    /// </summary>
    public static int[] Permute(ReadOnlySpan<int> labels, SeededGenerator generator)
    {
        var giver = Shuffled(labels.Length, generator);
        for (var i = 0; i < giver.Length; i++)
        {
            if (labels[giver[i]] != labels[i])
                continue;
            // i kept its label. Trading with j mends it and breaks nothing where neither j's own nor its new label is the same one.
            // If no such j exists, every pair holds this label, so no trade can mend the rest either.
            var j = FindPartner(labels, giver, i, generator.NextInt(giver.Length));
            if (j < 0)
                break;
            (giver[i], giver[j]) = (giver[j], giver[i]);
        }

        return giver;
    }

    private static int FindPartner(ReadOnlySpan<int> labels, int[] giver, int i, int start)
    {
        for (var step = 0; step < giver.Length; step++)
        {
            var j = (start + step) % giver.Length;
            if (labels[j] != labels[i] && labels[giver[j]] != labels[i])
                return j;
        }

        return -1;
    }

    private static int[] Shuffled(int count, SeededGenerator generator)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = generator.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
