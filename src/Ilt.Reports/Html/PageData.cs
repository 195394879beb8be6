using System.Globalization;
using System.Text.Json;

namespace Ilt.Reports;

/// <summary>What the page's script reads: the report with its rows by columns, without pictures.</summary>
internal static class PageData
{
    /// <summary>JSON in ASCII: the writer escapes &lt;, &gt;, &amp; and all that is not ASCII.</summary>
    public static byte[] Write(AuditReport report)
    {
        var ids = new RowIds(report);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", report.Title);
            json.WriteString("created", report.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("tool", report.Tool);
            json.WriteString("data", report.Data);
            json.WriteString("command", report.Command);
            json.WriteBoolean("isComplete", report.IsComplete);
            WriteTexts(json, "notes", report.Notes);
            WriteTexts(json, "warnings", report.Warnings);
            WriteTexts(json, "ids", ids.All);
            json.WriteStartArray("tasks");
            foreach (var task in report.Tasks) WriteTask(json, task, ids);
            json.WriteEndArray();
            WriteFindings(json, report.Findings);
            WriteCells(json, report.Cells, ids);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteTask(Utf8JsonWriter json, ReportTask task, RowIds ids)
    {
        json.WriteStartObject();
        json.WriteString("name", task.Name);
        json.WriteString("kind", task.Kind);
        if (task.Classes is { } classes) WriteTexts(json, "classes", classes);
        else json.WriteNull("classes");
        json.WriteNumber("labelled", task.Labelled);
        json.WriteNumber("open", task.Open);
        WriteShare(json, "share", task.Share);
        WriteShare(json, "low", task.ShareLow);
        WriteShare(json, "high", task.ShareHigh);
        json.WriteString("cannotTell", task.CannotTell);
        WriteTexts(json, "summary", task.Summary);
        WritePaths(json, task.Paths);
        WriteColours(json, task);
        WriteRows(json, task.Rows, ids);
        json.WriteEndObject();
    }

    private static void WriteColours(Utf8JsonWriter json, ReportTask task)
    {
        json.WriteString("colourNote", task.ColourNote);
        if (task.Colours is not { } colours)
        {
            json.WriteNull("colours");
            return;
        }

        json.WriteStartArray("colours");
        foreach (var (name, colour) in colours)
        {
            if (colour is not null && !(colour.Length == 7 && colour[0] == '#' && colour.Skip(1).All(char.IsAsciiHexDigit)))
                throw new ArgumentException($"The colour of class '{Short(name)}' of task '{Short(task.Name)}' is '{Short(colour)}'. Give #rrggbb in hexadecimal digits, or null.");
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStringValue(colour);
            json.WriteEndArray();
        }

        json.WriteEndArray();

        static string Short(string text) => PlainText.Visible(PlainText.Cut(text, 80));
    }

    private static void WriteRows(Utf8JsonWriter json, IReadOnlyList<ReportRow> rows, RowIds ids)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("n", rows.Count);
        if (rows.Select((row, i) => ids[row.Id] == i).All(isSame => isSame)) json.WriteNull("id");
        else
        {
            json.WriteStartArray("id");
            foreach (var row in rows) json.WriteNumberValue(ids[row.Id]);
            json.WriteEndArray();
        }

        PageColumns.WriteNumbers(json, "score", rows, row => row.Score, 4);
        PageColumns.WriteNumbers(json, "s", rows, row => row.LogVariance, 3);
        PageColumns.WriteNumbers(json, "loss", rows, row => row.Loss, 3);
        PageColumns.WriteNumbers(json, "confidence", rows, row => row.Confidence, 3);
        PageColumns.WriteNumbers(json, "wrong", rows, row => row.ProbabilityWrong, 3);
        PageColumns.WriteNumbers(json, "difficulty", rows, row => row.Difficulty, 2);
        PageColumns.WriteTexts(json, "given", rows, row => row.Given);
        PageColumns.WriteTexts(json, "suggested", rows, row => row.Suggested);
        PageColumns.WriteTexts(json, "predicted", rows, row => row.Predicted, ("suggested", row => row.Suggested));
        PageColumns.WriteTexts(json, "reviewed", rows, row => row.Reviewed);
        PageColumns.WriteFlags(json, "flagged", rows);
        WriteRegions(json, rows);
        json.WriteEndObject();
    }

    private static void WriteRegions(Utf8JsonWriter json, IReadOnlyList<ReportRow> rows)
    {
        json.WriteStartObject("regions");
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Regions is not { Count: > 0 } regions) continue;
            json.WriteStartArray(RowIds.Name(i));
            foreach (var region in regions)
            {
                json.WriteStartArray();
                json.WriteStringValue(region.Given);
                json.WriteStringValue(region.Suggested);
                json.WriteNumberValue(region.Top);
                json.WriteNumberValue(region.Left);
                json.WriteNumberValue(region.Height);
                json.WriteNumberValue(region.Width);
                WriteNumber(json, region.Share);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WritePaths(Utf8JsonWriter json, ReportPaths? paths)
    {
        if (paths is null)
        {
            json.WriteNull("paths");
            return;
        }

        json.WriteStartObject("paths");
        WriteNumbers(json, "median", paths.Median);
        WriteNumbers(json, "low", paths.Low);
        WriteNumbers(json, "high", paths.High);
        json.WriteStartArray("top");
        foreach (var (id, values) in paths.Top)
        {
            json.WriteStartArray();
            json.WriteStringValue(id);
            json.WriteStartArray();
            foreach (var value in values) WriteNumber(json, value);
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<ReportFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind);
            json.WriteString("task", finding.Task);
            json.WriteString("title", finding.Title);
            json.WriteString("text", finding.Text);
            json.WriteNumber("count", finding.Count);
            json.WriteStartArray("groups");
            foreach (var group in finding.Groups) WriteArray(json, group);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCells(Utf8JsonWriter json, ReportCells? cells, RowIds ids)
    {
        if (cells is null)
        {
            json.WriteNull("cells");
            return;
        }

        json.WriteStartObject("cells");
        WriteTexts(json, "columns", cells.Columns);
        json.WriteStartObject("rows");
        foreach (var (id, texts) in cells.Rows)
        {
            if (!ids.TryFind(id, out var place)) continue;
            json.WritePropertyName(RowIds.Name(place));
            WriteArray(json, texts);
        }

        json.WriteEndObject();
        json.WriteStartObject("odd");
        foreach (var (id, columns) in cells.Odd)
        {
            if (!ids.TryFind(id, out var place)) continue;
            json.WriteStartArray(RowIds.Name(place));
            foreach (var column in columns) json.WriteNumberValue(column);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WritePropertyName(name);
        WriteArray(json, texts);
    }

    private static void WriteArray(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        json.WritePropertyName(name);
        WriteNumber(json, share ?? double.NaN);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) WriteNumber(json, value);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture), skipInputValidation: true);
        else json.WriteNullValue();
    }
}
