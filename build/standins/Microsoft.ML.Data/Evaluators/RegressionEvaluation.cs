namespace Microsoft.ML.Data;

internal static class RegressionEvaluation
{
    public static RegressionMetrics Run(IDataView data, string labelName, string scoreName)
    {
        var label = EvaluationInput.Find(data, "label", labelName);
        var score = EvaluationInput.Find(data, "score", scoreName);
        if (score.Type != NumberDataViewType.Single)
            throw EvaluationInput.Mismatch("score", score, "Single");
        if (label.Type != NumberDataViewType.Single)
            throw EvaluationInput.Mismatch("label", label, "Single");

        double rows = 0, absolute = 0, squared = 0, sum = 0, sumOfSquares = 0;
        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = cursor.GetGetter<float>(label);
        var getScore = cursor.GetGetter<float>(score);
        float actual = 0, predicted = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScore(ref predicted);
            if (float.IsNaN(actual) || !float.IsFinite(predicted))
                continue;
            var error = Math.Abs((double)actual - predicted);
            rows++;
            absolute += error;
            squared += error * error;
            sum += actual;
            sumOfSquares += (double)actual * actual;
        }
        var variance = (sumOfSquares / rows) - (sum / rows * (sum / rows));
        return rows == 0 ? new(0, 0, 0) : new(absolute / rows, squared / rows, 1 - (squared / rows / variance));
    }
}
