using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false)
    {
        Check.Supported(maximumExampleCount == 1000000000 && !useCdf, "normalization by some of the rows, or by a distribution function");
        return new(ColumnPairs.One(outputColumnName, inputColumnName), fixZero);
    }
}
