namespace Microsoft.ML.Data;

internal static class MulticlassEvaluation
{
    private const float Epsilon = 1e-15f;

    public static MulticlassClassificationMetrics Run(IDataView data, string labelName, string scoreName, string predictedName, int topK)
    {
        Check.NotEmpty(predictedName, "predictedLabelColumnName");
        Check.Param(topK >= 0, "topKPredictionCount", "Must be a positive number or zero");
        var label = EvaluationInput.Find(data, "label", labelName);
        var score = EvaluationInput.Find(data, "score", scoreName);
        _ = EvaluationInput.Find(data, "predictedLabel", predictedName);
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
            throw EvaluationInput.Mismatch("score", score, "vector of two or more items of type Single");
        if (label.Type != NumberDataViewType.Single && label.Type is not KeyDataViewType)
            throw EvaluationInput.Mismatch("label", label, "Single or Key");

        var classes = vector.Size;
        var confusion = Enumerable.Range(0, classes).Select(_ => new double[classes]).ToArray();
        var losses = new double[classes];
        double total = 0, loss = 0, topKHits = 0;
        using (var cursor = data.GetRowCursor([label, score]))
        {
            var getLabel = EvaluationInput.Label(cursor, label);
            var getScore = cursor.GetGetter<VBuffer<float>>(score);
            float value = 0;
            VBuffer<float> buffer = default;
            var scores = new float[classes];
            while (cursor.MoveNext())
            {
                getLabel(ref value);
                if (!(value >= 0) || value != (int)value)
                    continue;
                getScore(ref buffer);
                Check.That(buffer.Length == classes, $"The score column '{scoreName}' gave {buffer.Length} items, {classes} were announced");
                buffer.CopyTo(scores);
                if (!scores.All(float.IsFinite))
                    continue;
                var actual = (int)value;
                var known = actual < classes;
                // A class that was never seen in training cannot be predicted and costs the most a row can cost.
                var rowLoss = -Math.Log(known ? Math.Clamp(scores[actual], Epsilon, 1f) : Epsilon);
                total++;
                loss += rowLoss;
                if (!known)
                    continue;
                losses[actual] += rowLoss;
                confusion[actual][Array.IndexOf(scores, scores.Max())]++;
                if (Rank(scores, actual) < topK)
                    topKHits++;
            }
        }

        var counts = confusion.Select(row => row.Sum()).ToArray();
        var hits = Enumerable.Range(0, classes).Sum(c => confusion[c][c]);
        var recalls = Enumerable.Range(0, classes).Where(c => counts[c] > 0).Select(c => confusion[c][c] / counts[c]).ToArray();
        var mean = total > 0 ? loss / total : 0;
        var entropy = -counts.Where(n => n > 0).Sum(n => n / total * Math.Log(n / total));
        return new MulticlassClassificationMetrics(
            total > 0 ? hits / total : 0,
            recalls.Length > 0 ? recalls.Average() : 0,
            mean,
            (entropy - mean) / entropy,
            [.. losses.Select((l, c) => counts[c] > 0 ? l / counts[c] : 0)],
            topK,
            total > 0 ? topKHits / total : 0,
            new ConfusionMatrix(confusion));
    }

    /// <summary>How many classes stand before this one; of equal scores the first class wins.</summary>
    private static int Rank(float[] scores, int actual)
    {
        var rank = 0;
        for (var c = 0; c < scores.Length; c++)
            if (scores[c] > scores[actual] || (scores[c] == scores[actual] && c < actual))
                rank++;
        return rank;
    }
}
