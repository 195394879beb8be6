namespace Ilt.Corruption;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): a small generator whose sequence is fixed by its seed on every platform and version,
/// which System.Random does not promise.
/// </summary>
internal sealed class SeededGenerator(int seed)
{
    private ulong state = (ulong)(long)seed;

    /// <summary>The generator of one item of a series: items are independent of each other and of the series' own generator.</summary>
    public static SeededGenerator ForItem(int seed, int item) =>
        new(seed) { state = Mix(Mix((ulong)(long)seed) ^ (((ulong)(uint)item + 1) * 0xD1342543DE82EF95)) };

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>The output function of SplitMix64: every bit of the result depends on every bit of the argument.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Uniform in [0, bound), without bias.</summary>
    public int NextInt(int bound)
    {
        var range = (ulong)bound;
        var unbiased = ulong.MaxValue - (ulong.MaxValue % range);
        ulong draw;
        do
            draw = Next();
        while (draw >= unbiased);
        return (int)(draw % range);
    }

    /// <summary>Puts the items into a random order, all orders alike probable (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = NextInt(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller; two draws each.</summary>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }
}
