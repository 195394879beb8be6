namespace Ilt.Metrics;

/// <summary>Lists of points in space.</summary>
internal static class Points
{
    public static double Distance(double x, double y, double z) => Math.Sqrt((x * x) + (y * y) + (z * z));

    /// <exception cref="ArgumentException">Not two equally long lists of points, at least one each.</exception>
    public static void Check(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted, string what)
    {
        if (given.Length != predicted.Length || given.Length % 3 != 0 || given.IsEmpty)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected the same number of given and predicted {what}, three coordinates each, at least one; found {given.Length} and {predicted.Length} numbers."), nameof(predicted));
    }
}
