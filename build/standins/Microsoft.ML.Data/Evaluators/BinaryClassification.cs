using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public sealed class BinaryClassificationCatalog
    {
        internal BinaryClassificationCatalog()
        {
        }

        public CalibratedBinaryClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
        {
            var label = EvaluationInput.Find(data, "label", labelColumnName, "Boolean", type => type is BooleanDataViewType);
            var score = EvaluationInput.FindScore(data, scoreColumnName);
            _ = EvaluationInput.Find(data, "probability", probabilityColumnName);
            _ = EvaluationInput.Find(data, "predictedLabel", predictedLabelColumnName);
            var rows = EvaluationInput.Pairs(data, label, score).Select(r => (Positive: r.Label > 0, r.Score)).ToArray();
            // The predicted label follows from the raw score, not from the column of that name.
            return new CalibratedBinaryClassificationMetrics(rows.Count(r => r.Positive == r.Score > 0) / (double)rows.Length, AreaUnderRocCurve(rows));
        }

        /// <summary>The share of (positive, negative) pairs in the right order; equal scores count half.</summary>
        private static double AreaUnderRocCurve((bool Positive, float Score)[] rows)
        {
            double positives = rows.Count(r => r.Positive), negatives = rows.Length - positives;
            Check.Param(positives > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
            Check.Param(negatives > 0, "NegSample", "AUC is not defined when there is no negative class in the data");
            double below = 0, pairs = 0;
            foreach (var group in rows.GroupBy(r => r.Score).OrderBy(g => g.Key))
            {
                double positive = group.Count(r => r.Positive), negative = group.Count() - positive;
                pairs += positive * (below + (negative / 2));
                below += negative;
            }
            return pairs / (positives * negatives);
        }
    }
}

namespace Microsoft.ML.Data
{
    public class BinaryClassificationMetrics
    {
        internal BinaryClassificationMetrics(double accuracy, double areaUnderRocCurve)
        {
            Accuracy = accuracy;
            AreaUnderRocCurve = areaUnderRocCurve;
        }

        public double Accuracy { get; }

        public double AreaUnderRocCurve { get; }
    }

    public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
    {
        internal CalibratedBinaryClassificationMetrics(double accuracy, double areaUnderRocCurve)
            : base(accuracy, areaUnderRocCurve)
        {
        }
    }
}
