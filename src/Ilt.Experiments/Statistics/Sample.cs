namespace Ilt.Experiments;

/// <summary>Mean and spread over the seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample standard deviation (n - 1); NaN for one value.</param>
/// <param name="Count">Number of values.</param>
internal sealed record Sample(double Mean, double Deviation, int Count)
{
    /// <summary>Of values that are not NaN; null where there is none.</summary>
    public static Sample? Of(IEnumerable<double> values)
    {
        var kept = values.Where(value => !double.IsNaN(value)).ToArray();
        if (kept.Length == 0) return null;
        var mean = kept.Average();
        return new Sample(mean, kept.Length < 2 ? double.NaN : Math.Sqrt(kept.Sum(value => (value - mean) * (value - mean)) / (kept.Length - 1)), kept.Length);
    }
}
