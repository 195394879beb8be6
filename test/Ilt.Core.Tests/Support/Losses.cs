namespace Ilt.Support;

/// <summary>Seeded losses for tests: positive, spread over two orders of magnitude, with a share of missing labels.</summary>
internal static class Losses
{
    public static float[] Random(int rows, int tasks, int seed, double missing = 0)
    {
        var random = new Random(seed);
        var losses = new float[rows * tasks];
        for (var at = 0; at < losses.Length; at++)
        {
            var loss = (float)Math.Exp(3 * (random.NextDouble() - random.NextDouble()));
            losses[at] = random.NextDouble() < missing ? float.NaN : loss;
        }

        return losses;
    }

    public static int[] Rows(int count) => [.. Enumerable.Range(0, count)];
}
