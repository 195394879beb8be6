using System.Globalization;
using Ilt.Cli.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Goes through the noise scores of a run, by task and then by rank, without an object per row: there may be tens of millions.</summary>
internal sealed class ScoreCursor : IDisposable
{
    private readonly FlagData data;
    private readonly DataViewRowCursor cursor;
    private readonly Dictionary<string, TaskLabel> labels;
    private readonly ValueGetter<int> rank;
    private readonly ValueGetter<float> noiseScore, logVariance, loss, probability, confidence, difficulty;
    private readonly ValueGetter<bool> flagged;
    private readonly ValueGetter<ReadOnlyMemory<char>> id, task, predicted, suggested, reviewed;
    private readonly LabelTexts given;
    private TaskLabel? label;

    /// <summary>Stands before the first row.</summary>
    /// <param name="data">The rows that were trained on.</param>
    /// <param name="scores">What the trainer has found out about them.</param>
    public ScoreCursor(FlagData data, IDataView scores)
    {
        this.data = data;
        labels = data.Labels.ToDictionary(one => one.Spec.Name);
        given = new LabelTexts(data.Table.Source, data.Table.RowCount);
        var schema = scores.Schema;
        cursor = scores.GetRowCursor(schema);
        id = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Id"]);
        task = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Task"]);
        rank = cursor.GetGetter<int>(schema["Rank"]);
        noiseScore = cursor.GetGetter<float>(schema["NoiseScore"]);
        logVariance = cursor.GetGetter<float>(schema["LogVariance"]);
        loss = cursor.GetGetter<float>(schema["Loss"]);
        predicted = cursor.GetGetter<ReadOnlyMemory<char>>(schema["PredictedLabel"]);
        probability = cursor.GetGetter<float>(schema["ProbabilityWrong"]);
        flagged = cursor.GetGetter<bool>(schema["IsFlagged"]);
        suggested = cursor.GetGetter<ReadOnlyMemory<char>>(schema["SuggestedLabel"]);
        confidence = cursor.GetGetter<float>(schema["Confidence"]);
        difficulty = cursor.GetGetter<float>(schema["Difficulty"]);
        reviewed = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Reviewed"]);
    }

    /// <summary>The row of the table.</summary>
    public int Row { get; private set; }

    /// <summary>The row's id.</summary>
    public string Id => data.Ids.Ids[Row];

    /// <summary>The task.</summary>
    public string Task => label!.Spec.Name;

    /// <summary>From 1 within the task, the most suspicious first.</summary>
    public int Rank => Value(rank);

    /// <summary>Higher = more likely wrong.</summary>
    public float NoiseScore => Value(noiseScore);

    /// <summary>The learned s; <see cref="float.NaN"/> where none was learned.</summary>
    public float LogVariance => Value(logVariance);

    /// <summary>The label as the file has it, UTF-8; until the next row.</summary>
    public ReadOnlySpan<byte> GivenLabel => given[Row];

    /// <summary>What the network predicts.</summary>
    public string PredictedLabel => Text(predicted);

    /// <summary>The loss at the last visit; <see cref="float.NaN"/> where there was none.</summary>
    public float Loss => Value(loss);

    /// <summary>As <see cref="ScoredRow.ProbabilityWrong"/>.</summary>
    public float ProbabilityWrong => Value(probability);

    /// <summary>Whether the row is flagged.</summary>
    public bool IsFlagged => Value(flagged);

    /// <summary>As <see cref="ScoredRow.SuggestedLabel"/>.</summary>
    public string SuggestedLabel => Text(suggested);

    /// <summary>As <see cref="ScoredRow.Confidence"/>.</summary>
    public float Confidence => Value(confidence);

    /// <summary>As <see cref="ScoredRow.Difficulty"/>.</summary>
    public float Difficulty => Value(difficulty);

    /// <summary>As <see cref="ScoredRow.Reviewed"/>.</summary>
    public string Reviewed => Value(reviewed).ToString();

    /// <summary>Goes to the next row; false where there is none.</summary>
    public bool Read()
    {
        if (!cursor.MoveNext())
            return false;
        var name = Value(task);
        if (label is null || !name.Span.SequenceEqual(label.Spec.Name))
        {
            label = labels[name.ToString()];
            given.Take(label);
        }

        var known = Value(id);
        Row = data.Ids.Column is null ? data.TrainRows[int.Parse(known.Span, NumberStyles.None, CultureInfo.InvariantCulture) - 1] : data.RowOf(known.ToString());
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => cursor.Dispose();

    private string Text(ValueGetter<ReadOnlyMemory<char>> getter) => label!.Spec.Syntax.PredictedText(Value(getter).ToString());

    private static T Value<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}
