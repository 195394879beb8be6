using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ilt.Reports;

/// <summary>Numbers of single precision: NaN is null, infinities are texts.</summary>
internal sealed class SingleJson : JsonConverter<float>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : (float)DoubleJson.ReadUnusual(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
    {
        if (float.IsFinite(value)) writer.WriteNumberValue(value);
        else DoubleJson.WriteUnusual(writer, value);
    }
}

/// <summary>The same in double precision.</summary>
internal sealed class DoubleJson : JsonConverter<double>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : ReadUnusual(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else WriteUnusual(writer, value);
    }

    /// <summary>Null or the text of an infinity.</summary>
    public static double ReadUnusual(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity") => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity") => double.NegativeInfinity,
        _ => throw new JsonException(
            string.Create(CultureInfo.InvariantCulture, $"A number is expected at byte {reader.TokenStartIndex}, not a {reader.TokenType}.")),
    };

    /// <summary>What JSON has no number for.</summary>
    public static void WriteUnusual(Utf8JsonWriter writer, double value)
    {
        if (double.IsNaN(value)) writer.WriteNullValue();
        else writer.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
    }
}

/// <summary>Times in UTC with a Z at their end.</summary>
internal sealed class DateJson : JsonConverter<DateTime>
{
    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime().ToUniversalTime();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
