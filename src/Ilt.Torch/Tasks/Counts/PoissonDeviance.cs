namespace Ilt.Torch;

/// <summary>How far a count is from an expected one.</summary>
internal static class PoissonDeviance
{
    /// <summary>Half the unit deviance of the Poisson distribution, mean - count + count log(count / mean): 0 where both are one, and never negative.</summary>
    /// <param name="count">From 0.</param>
    /// <param name="mean">Above 0.</param>
    public static double Half(double count, double mean) => count > 0 ? Math.Max(0, mean - count + (count * Math.Log(count / mean))) : mean;
}
