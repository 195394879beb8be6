using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class ExtensionsCatalog
{
    public static MissingValueIndicatorEstimator IndicateMissingValues(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null) =>
        new(ColumnPairs.One(outputColumnName, inputColumnName));

    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
        bool imputeBySlot = true)
    {
        Check.Supported(replacementMode == MissingValueReplacingEstimator.ReplacementMode.Mean && imputeBySlot, "a replacement other than the mean of the slot");
        return new(ColumnPairs.One(outputColumnName, inputColumnName));
    }
}
