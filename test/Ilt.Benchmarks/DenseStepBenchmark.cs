using Ilt.Parameters;

namespace Ilt.Benchmarks;

/// <summary>The sparse step beside a dense one over all rows, which is what it replaces.</summary>
internal static class DenseStepBenchmark
{
    public static void Run(bool quick)
    {
        foreach (var rows in Sizes(quick))
        {
            var candidates = Make(rows);
            var times = Series.Measure(candidates, quick ? 1 : 9, quick ? 5 : 20, 2);
            Series.Print(FormattableString.Invariant($"One heavy-ball step, N = {rows:N0} x 4 tasks"), candidates, times);
        }
    }

    /// <summary>The sparse step beside the dense one.</summary>
    public static SpeedFigures Measure(bool quick) => new([.. Sizes(quick).Select(rows =>
    {
        var turns = Series.Turns(Make(rows), quick ? 2 : 9, quick ? 3 : 20, 2);
        return SpeedRatio.Of(FormattableString.Invariant($"a sparse step of 256 rows, N = {rows:N0} x 4 tasks"), turns[0], "a dense step of all rows", turns[1], AsFast);
    })]);

    // What is asked of it: to be faster.
    private const double AsFast = 1;

    private static int[] Sizes(bool quick) => quick ? [10_000] : [10_000, 1_000_000];

    private static Candidate[] Make(int rows)
    {
        var sparse = new InstanceTaskParameters(rows, Batches.Tasks, InstanceTaskParameterOptions.Paper);
        var batches = new Batches(rows, 200);
        var values = new float[rows * Batches.Tasks];
        var momenta = new float[values.Length];
        var gradients = new float[values.Length];
        return
        [
            new("sparse, 256 rows", number => sparse.Step(batches.Rows(number), batches.Losses(number))),
            new("dense, all rows", number => DenseStep(values, momenta, gradients, batches, number)),
        ];
    }

    private static void DenseStep(float[] values, float[] momenta, float[] gradients, Batches batches, int number)
    {
        Array.Clear(gradients);
        var rows = batches.Rows(number);
        for (var i = 0; i < rows.Length; i++)
            batches.Losses(number).Slice(i * Batches.Tasks, Batches.Tasks).CopyTo(gradients.AsSpan(rows[i] * Batches.Tasks));
        for (var at = 0; at < values.Length; at++)
        {
            momenta[at] = (0.9f * momenta[at]) + gradients[at];
            values[at] = Math.Clamp(values[at] - (0.06f * momenta[at]), -4f, 4f);
        }
    }
}
