namespace Ilt.Torch;

/// <summary>One seed per use, derived from the run's seed by name and number, so that no two uses share a stream.</summary>
internal static class RunSeeds
{
    public static int Derive(int seed, string use, int number = 0)
    {
        // FNV-1a over the three parts: stable across processes, unlike string.GetHashCode.
        var hash = 2166136261u;
        foreach (var c in use) hash = (hash ^ c) * 16777619u;
        foreach (var part in (ReadOnlySpan<int>)[seed, number])
            for (var shift = 0; shift < 32; shift += 8) hash = (hash ^ (byte)(part >> shift)) * 16777619u;
        // FNV mixes its last byte weakly into the high bits; one round of multiply and shift mends that.
        hash ^= hash >> 16;
        hash *= 0x7feb352du;
        hash ^= hash >> 15;
        return (int)(hash & 0x7fffffff);
    }
}
