using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public sealed class MulticlassClassificationCatalog
    {
        internal MulticlassClassificationCatalog()
        {
        }

        public MulticlassClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0)
        {
            Check.Supported(topKPredictionCount == 0, "top-k accuracy");
            var label = EvaluationInput.Find(data, "label", labelColumnName, "Key<UInt32>", type => type is KeyDataViewType { RawType: var raw } && raw == typeof(uint));
            var score = EvaluationInput.Find(
                data, "score", scoreColumnName, "vector of two or more items of type Single", type => type is VectorDataViewType { Size: >= 2, ItemType: var item } && item == NumberDataViewType.Single);
            _ = EvaluationInput.Find(data, "predictedLabel", predictedLabelColumnName);

            var classes = ((VectorDataViewType)score.Type).Size;
            double rows = 0, hits = 0;
            using var cursor = data.GetRowCursor([label, score]);
            var getLabel = EvaluationInput.Label(cursor, label);
            var getScore = cursor.GetGetter<VBuffer<float>>(score);
            float value = 0;
            VBuffer<float> buffer = default;
            var scores = new float[classes];
            while (cursor.MoveNext())
            {
                getLabel(ref value);
                getScore(ref buffer);
                Check.That(buffer.Length == classes, $"The score column '{scoreColumnName}' gave {buffer.Length} items, {classes} were announced");
                buffer.CopyTo(scores);
                if (float.IsNaN(value) || !scores.All(float.IsFinite))
                    continue;
                // Of equal scores the first class wins; a class that was never seen in training cannot be predicted.
                rows++;
                if (Array.IndexOf(scores, scores.Max()) == value)
                    hits++;
            }
            return new MulticlassClassificationMetrics(rows > 0 ? hits / rows : 0, new ConfusionMatrix(classes));
        }
    }
}

namespace Microsoft.ML.Data
{
    public sealed class MulticlassClassificationMetrics
    {
        internal MulticlassClassificationMetrics(double microAccuracy, ConfusionMatrix confusion)
        {
            MicroAccuracy = microAccuracy;
            ConfusionMatrix = confusion;
        }

        public double MicroAccuracy { get; }

        public ConfusionMatrix ConfusionMatrix { get; }
    }

    public sealed class ConfusionMatrix
    {
        internal ConfusionMatrix(int numberOfClasses) => NumberOfClasses = numberOfClasses;

        public int NumberOfClasses { get; }
    }
}
