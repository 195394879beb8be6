using System.Text.Json;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>Reads JSON with errors that name the file and what is missing in it.</summary>
internal static class JsonText
{
    /// <exception cref="ImageFormatException">The file is no JSON.</exception>
    public static JsonDocument Parse(string path)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = FileBytes.Read(path);
            if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..]; // a byte order mark
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new ImageFormatException(path, $"this is no JSON ({e.Message.TrimEnd('.')}).", e);
        }
    }

    public static JsonElement[] List(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new ImageFormatException(path, $"the file has no list '{name}'.");

    public static long Whole(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) < 1L << 53
            ? (long)number
            : throw new ImageFormatException(path, $"'{name}' is missing or no whole number.");

    public static string Text(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new ImageFormatException(path, $"'{name}' is missing or no text.");
}
