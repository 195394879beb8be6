using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = 1000000000, bool fixZero = true) =>
        new(NormalizerKind.MinMax, ColumnPairs.One(outputColumnName, inputColumnName), maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = 1000000000, bool fixZero = true) =>
        new(NormalizerKind.MinMax, columns, maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false) =>
        MeanVariance(ColumnPairs.One(outputColumnName, inputColumnName), maximumExampleCount, fixZero, useCdf);

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false) =>
        MeanVariance(columns, maximumExampleCount, fixZero, useCdf);

    private static NormalizingEstimator MeanVariance(InputOutputColumnPair[] columns, long maximumExampleCount, bool fixZero, bool useCdf) => useCdf
        ? throw new NotSupportedException("useCdf is beyond this stand-in")
        : new(NormalizerKind.MeanVariance, columns, maximumExampleCount, fixZero);
}
