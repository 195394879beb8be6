namespace Ilt.Onnx.Tests;

/// <summary>Numbers that are equal but for rounding: within 1e-4, of the expected number where that is above 1.</summary>
internal static class Close
{
    public const double Tolerance = 1e-4;

    /// <summary>The largest difference, in the expected number where that is above 1, else absolute; infinite where a number is none.</summary>
    public static double Difference(ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
    {
        if (found.Length != expected.Length) return double.PositiveInfinity;
        var largest = 0.0;
        for (var i = 0; i < found.Length; i++)
        {
            var difference = Math.Abs((double)found[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            largest = difference <= double.MaxValue ? Math.Max(largest, difference) : double.PositiveInfinity; // not of NaN
        }
        return largest;
    }

    public static void Check(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, string what) =>
        Assert.That(Difference(found, expected), Is.LessThanOrEqualTo(Tolerance), what);
}
