using System.Globalization;
using System.Text.Json;

namespace Ilt.Reports;

/// <summary>The rows of a task by columns, in as few characters as the page needs.</summary>
internal static class PageColumns
{
    /// <summary>Numbers in so many significant digits; null: none has a value. Infinities are texts that JavaScript understands.</summary>
    public static void WriteNumbers(
        Utf8JsonWriter json, string name, IReadOnlyList<ReportRow> rows, Func<ReportRow, float> value, int digits)
    {
        json.WritePropertyName(name);
        if (rows.All(row => float.IsNaN(value(row))))
        {
            json.WriteNullValue();
            return;
        }

        var format = "G" + digits;
        Span<char> text = stackalloc char[32];
        json.WriteStartArray();
        foreach (var row in rows)
        {
            var x = value(row);
            if (float.IsNaN(x)) json.WriteNullValue();
            else if (float.IsInfinity(x)) json.WriteStringValue(x > 0 ? "Infinity" : "-Infinity");
            else
            {
                x.TryFormat(text, out var n, format, CultureInfo.InvariantCulture);
                // Nearly certain is not certain, whatever the digits.
                if (x < 1 && text[..n] is "1") n = Written(text, MathF.BitDecrement(1));
                json.WriteRawValue(text[..n], skipInputValidation: true);
            }
        }

        json.WriteEndArray();

        static int Written(Span<char> text, float x)
        {
            x.TryFormat(text, out var n, "R", CultureInfo.InvariantCulture);
            return n;
        }
    }

    /// <summary>Texts: <c>same</c> as another column, or <c>values</c>, by their places <c>at</c> where many are equal.</summary>
    public static void WriteTexts(
        Utf8JsonWriter json, string name, IReadOnlyList<ReportRow> rows, Func<ReportRow, string> text,
        (string Name, Func<ReportRow, string> Text)? other = null)
    {
        json.WriteStartObject(name);
        if (other is { } column && rows.All(row => text(row) == column.Text(row)))
        {
            json.WriteString("same", column.Name);
            json.WriteEndObject();
            return;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows) places.TryAdd(text(row), places.Count);
        json.WriteStartArray("values");
        var isShort = places.Count <= rows.Count / 2 || places.Count == 1;
        foreach (var value in isShort ? places.Keys : rows.Select(text)) json.WriteStringValue(value);
        json.WriteEndArray();
        if (isShort)
        {
            json.WriteStartArray("at");
            foreach (var row in rows) json.WriteNumberValue(places[text(row)]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Lengths of runs, flagged ones first.</summary>
    public static void WriteFlags(Utf8JsonWriter json, string name, IReadOnlyList<ReportRow> rows)
    {
        json.WriteStartArray(name);
        var expected = true;
        var run = 0;
        foreach (var row in rows)
        {
            if (row.IsFlagged != expected)
            {
                json.WriteNumberValue(run);
                (expected, run) = (row.IsFlagged, 0);
            }

            run++;
        }

        json.WriteNumberValue(run);
        json.WriteEndArray();
    }
}
