namespace Ilt.Torch;

/// <summary>The entropy of label frequencies, nats: the cross entropy of the best constant prediction.</summary>
internal static class LabelEntropy
{
    /// <param name="counts">How often each class occurs.</param>
    public static double Of(long[] counts)
    {
        double total = counts.Sum();
        return -counts.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total));
    }
}
