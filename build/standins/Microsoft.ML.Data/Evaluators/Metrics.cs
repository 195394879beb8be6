namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(
        double microAccuracy, double macroAccuracy, double logLoss, double logLossReduction, double[] perClassLogLoss, int topK, double topKAccuracy, ConfusionMatrix confusion)
    {
        MicroAccuracy = microAccuracy;
        MacroAccuracy = macroAccuracy;
        LogLoss = logLoss;
        LogLossReduction = logLossReduction;
        PerClassLogLoss = perClassLogLoss;
        TopKPredictionCount = topK;
        TopKAccuracy = topKAccuracy;
        ConfusionMatrix = confusion;
    }

    public double MicroAccuracy { get; }

    public double MacroAccuracy { get; }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public int TopKPredictionCount { get; }

    public double TopKAccuracy { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}

/// <summary>Rows are the actual classes, columns the predicted ones.</summary>
public sealed class ConfusionMatrix
{
    internal ConfusionMatrix(double[][] counts) => Counts = counts;

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => Counts.Count;
}

public sealed class RegressionMetrics
{
    internal RegressionMetrics(double absolute, double squared, double rSquared)
    {
        MeanAbsoluteError = absolute;
        MeanSquaredError = squared;
        RootMeanSquaredError = Math.Sqrt(squared);
        LossFunction = squared;
        RSquared = rSquared;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    public double LossFunction { get; }

    public double RSquared { get; }
}

public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryCounts counts)
    {
        Accuracy = (counts.TruePositive + counts.TrueNegative) / counts.Total;
        AreaUnderRocCurve = counts.AreaUnderRocCurve;
        PositivePrecision = Ratio(counts.TruePositive, counts.FalsePositive);
        PositiveRecall = Ratio(counts.TruePositive, counts.FalseNegative);
        NegativePrecision = Ratio(counts.TrueNegative, counts.FalseNegative);
        NegativeRecall = Ratio(counts.TrueNegative, counts.FalsePositive);
        F1Score = 2 * PositivePrecision * PositiveRecall / (PositivePrecision + PositiveRecall);
    }

    public double Accuracy { get; }

    public double AreaUnderRocCurve { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    private static double Ratio(double part, double rest) => part + rest > 0 ? part / (part + rest) : 0;
}

public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryCounts counts)
        : base(counts)
    {
        LogLoss = counts.LogLoss / counts.Total;
        var positive = (counts.TruePositive + counts.FalseNegative) / counts.Total;
        Entropy = positive is 0 or 1 ? 0 : -(positive * Math.Log2(positive)) - ((1 - positive) * Math.Log2(1 - positive));
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double Entropy { get; }
}
