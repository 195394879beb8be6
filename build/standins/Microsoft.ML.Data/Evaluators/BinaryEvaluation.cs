namespace Microsoft.ML.Data;

/// <summary>What a binary evaluation counts; the losses are in bits.</summary>
internal sealed record BinaryCounts(double TruePositive, double TrueNegative, double FalsePositive, double FalseNegative, double LogLoss, double AreaUnderRocCurve)
{
    public double Total => TruePositive + TrueNegative + FalsePositive + FalseNegative;
}

internal static class BinaryEvaluation
{
    public static CalibratedBinaryClassificationMetrics Run(IDataView data, string labelName, string scoreName, string probabilityName, string predictedName)
    {
        var probability = EvaluationInput.Find(data, "probability", probabilityName);
        if (probability.Type != NumberDataViewType.Single)
            throw EvaluationInput.Mismatch("probability", probability, "Single");
        return new(Gather(data, labelName, scoreName, probability, predictedName));
    }

    public static BinaryClassificationMetrics Run(IDataView data, string labelName, string scoreName, string predictedName) =>
        new(Gather(data, labelName, scoreName, null, predictedName));

    private static BinaryCounts Gather(IDataView data, string labelName, string scoreName, DataViewSchema.Column? probability, string predictedName)
    {
        var label = EvaluationInput.Find(data, "label", labelName);
        var score = EvaluationInput.Find(data, "score", scoreName);
        _ = EvaluationInput.Find(data, "predictedLabel", predictedName);
        if (score.Type != NumberDataViewType.Single)
            throw EvaluationInput.Mismatch("score", score, "Single");
        if (label.Type is not BooleanDataViewType && label.Type != NumberDataViewType.Single && label.Type != NumberDataViewType.Double && label.Type is not KeyDataViewType { Count: 2 })
            throw EvaluationInput.Mismatch("label", label, "Single or Boolean or a two-valued Key");

        double truePositive = 0, trueNegative = 0, falsePositive = 0, falseNegative = 0, loss = 0;
        var ranked = new List<(float Score, bool Positive)>();
        using var cursor = data.GetRowCursor(probability is { } p ? [label, score, p] : [label, score]);
        var getLabel = EvaluationInput.Label(cursor, label);
        var getScore = cursor.GetGetter<float>(score);
        var getProbability = probability is { } column ? cursor.GetGetter<float>(column) : (ref float value) => value = float.NaN;
        float actual = 0, predicted = 0, chance = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScore(ref predicted);
            if (!float.IsFinite(predicted) || float.IsNaN(actual))
                continue;
            getProbability(ref chance);
            var positive = actual > 0;
            // The predicted label follows from the raw score, not from the column of that name.
            if (positive)
                _ = predicted > 0 ? truePositive++ : falseNegative++;
            else
                _ = predicted > 0 ? falsePositive++ : trueNegative++;
            loss -= Math.Log2(positive ? chance : 1.0 - chance);
            ranked.Add((predicted, positive));
        }
        return new BinaryCounts(truePositive, trueNegative, falsePositive, falseNegative, loss, AreaUnderRocCurve(ranked));
    }

    /// <summary>The share of (positive, negative) pairs in the right order; equal scores count half.</summary>
    private static double AreaUnderRocCurve(List<(float Score, bool Positive)> rows)
    {
        double positives = rows.Count(r => r.Positive), negatives = rows.Count - positives;
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
