using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Reads the table of noise scores that a trained transformer offers.</summary>
internal static class NoiseScoreReader
{
    /// <summary>The rows in the view's order; ids and labels as the view has them.</summary>
    /// <param name="scores">The table.</param>
    /// <param name="mostRank">Rows that are ranked behind are left out.</param>
    public static IEnumerable<ScoredRow> Read(IDataView scores, int mostRank = int.MaxValue)
    {
        var schema = scores.Schema;
        using var cursor = scores.GetRowCursor(schema);
        var id = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Id"]);
        var task = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Task"]);
        var rank = cursor.GetGetter<int>(schema["Rank"]);
        var noiseScore = cursor.GetGetter<float>(schema["NoiseScore"]);
        var logVariance = cursor.GetGetter<float>(schema["LogVariance"]);
        var loss = cursor.GetGetter<float>(schema["Loss"]);
        var given = cursor.GetGetter<ReadOnlyMemory<char>>(schema["GivenLabel"]);
        var predicted = cursor.GetGetter<ReadOnlyMemory<char>>(schema["PredictedLabel"]);
        var probability = cursor.GetGetter<float>(schema["ProbabilityWrong"]);
        var flagged = cursor.GetGetter<bool>(schema["IsFlagged"]);
        var suggested = cursor.GetGetter<ReadOnlyMemory<char>>(schema["SuggestedLabel"]);
        var confidence = cursor.GetGetter<float>(schema["Confidence"]);
        var difficulty = cursor.GetGetter<float>(schema["Difficulty"]);
        var reviewed = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Reviewed"]);
        while (cursor.MoveNext())
        {
            if (Value(rank) > mostRank)
                continue;
            yield return new ScoredRow(
                Value(id).ToString(), Value(task).ToString(), Value(rank), Value(noiseScore), Value(logVariance),
                Value(given).ToString(), Value(predicted).ToString(), Value(loss))
            {
                ProbabilityWrong = Value(probability),
                IsFlagged = Value(flagged),
                SuggestedLabel = Value(suggested).ToString(),
                Confidence = Value(confidence),
                Difficulty = Value(difficulty),
                Reviewed = Value(reviewed).ToString(),
            };
        }
    }

    private static T Value<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}
