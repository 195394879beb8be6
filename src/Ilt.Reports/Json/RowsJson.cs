using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ilt.Reports;

/// <summary>The rows of a task: the names of the columns, and an array per row.</summary>
internal sealed class RowsJson : JsonConverter<IReadOnlyList<ReportRow>>
{
    private static readonly string[] Columns =
    [
        "id", "score", "logVariance", "loss", "given", "predicted", "suggested", "confidence", "probabilityWrong", "isFlagged", "difficulty",
        "reviewed", "regions",
    ];

    private static readonly SingleJson Number = new();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ReportRow> value, JsonSerializerOptions options)
    {
        var hasRegions = value.Any(row => row.Regions is not null);
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in hasRegions ? Columns : Columns[..^1]) writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteStartArray("data");
        foreach (var row in value)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(row.Id);
            Number.Write(writer, row.Score, options);
            Number.Write(writer, row.LogVariance, options);
            Number.Write(writer, row.Loss, options);
            writer.WriteStringValue(row.Given);
            writer.WriteStringValue(row.Predicted);
            writer.WriteStringValue(row.Suggested);
            Number.Write(writer, row.Confidence, options);
            Number.Write(writer, row.ProbabilityWrong, options);
            writer.WriteBooleanValue(row.IsFlagged);
            Number.Write(writer, row.Difficulty, options);
            writer.WriteStringValue(row.Reviewed);
            if (hasRegions) JsonSerializer.Serialize(writer, row.Regions, options);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ReportRow> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        Next(ref reader, JsonTokenType.PropertyName, "columns");
        Next(ref reader, JsonTokenType.StartArray);
        var columns = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            if (columns >= Columns.Length || !reader.ValueTextEquals(Columns[columns++]))
                throw new JsonException($"Column {columns} of the rows is '{PlainText.Visible(reader.GetString()!)}'; {Expected}.");
        if (columns < Columns.Length - 1) throw new JsonException($"The rows have {columns} columns; {Expected}.");
        Expect(ref reader, JsonTokenType.EndArray);
        Next(ref reader, JsonTokenType.PropertyName, "data");
        Next(ref reader, JsonTokenType.StartArray);
        var rows = new List<ReportRow>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            var row = new ReportRow(
                Text(ref reader), Single(ref reader), Single(ref reader), Single(ref reader), Text(ref reader), Text(ref reader), Text(ref reader),
                Single(ref reader), Single(ref reader), Flag(ref reader), Single(ref reader), Text(ref reader));
            if (columns == Columns.Length)
            {
                reader.Read();
                row = row with { Regions = JsonSerializer.Deserialize<IReadOnlyList<ReportRegion>?>(ref reader, options) };
            }

            Next(ref reader, JsonTokenType.EndArray);
            rows.Add(row);
        }

        Expect(ref reader, JsonTokenType.EndArray);
        Next(ref reader, JsonTokenType.EndObject);
        return rows;
    }

    private static string Expected => "the columns are " + string.Join(", ", Columns);

    private static string Text(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static float Single(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Number.Read(ref reader, typeof(float), ReportJson.Options);
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Unexpected(ref reader, "true or false");
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType type, string? name = null)
    {
        reader.Read();
        Expect(ref reader, type, name);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string? name = null)
    {
        if (reader.TokenType != type || (name is not null && !reader.ValueTextEquals(name)))
            throw Unexpected(ref reader, name ?? type.ToString());
    }

    private static JsonException Unexpected(ref Utf8JsonReader reader, string expected) =>
        new($"{expected} is expected at byte {reader.TokenStartIndex} of the rows, not {reader.TokenType}.");
}
