using System.Text.Json;

namespace Ilt.Reports;

/// <summary>The pictures of the page, as data URIs.</summary>
internal static class PagePictures
{
    /// <summary><c>pictures</c> by the place of the id, <c>overlays</c> by task and rank from 0.</summary>
    public static byte[] Write(AuditReport report)
    {
        var places = new RowIds(report);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("pictures");
            foreach (var (id, picture) in report.Pictures)
                if (places.TryFind(id, out var place)) json.WriteString(RowIds.Name(place), Uri(picture, $"The picture of row '{Short(id)}'"));
            json.WriteEndObject();
            json.WriteStartArray("overlays");
            foreach (var task in report.Tasks)
            {
                json.WriteStartObject();
                for (var i = 0; i < task.Rows.Count; i++)
                    if (task.Rows[i].Overlay is { } overlay)
                        json.WriteString(RowIds.Name(i), Uri(overlay, $"The overlay of row '{Short(task.Rows[i].Id)}' of task '{Short(task.Name)}'"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Short(string text) => PlainText.Visible(PlainText.Cut(text, 80));

    private static string Uri(byte[] picture, string what)
    {
        var type = picture.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47]) ? "png"
            : picture.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "jpeg"
            : throw new ArgumentException(
                $"{what} is neither PNG nor JPEG: it begins with {Convert.ToHexString(picture, 0, Math.Min(4, picture.Length))}. " +
                "Encode it as one of them.");
        return $"data:image/{type};base64,{Convert.ToBase64String(picture)}";
    }
}
