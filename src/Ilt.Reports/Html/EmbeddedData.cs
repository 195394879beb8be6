using System.IO.Compression;
using System.Text;

namespace Ilt.Reports;

/// <summary>JSON as it stands in a script element that is not run.</summary>
/// <param name="MediaType">The element's type.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct EmbeddedData(string MediaType, string Text)
{
    /// <summary>As it is; what is large, compressed: a report of 100,000 rows stays small enough to be sent.</summary>
    /// <param name="json">UTF-8, in which no markup can end the element: &lt;, &gt; and &amp; are escaped.</param>
    /// <param name="most">Bytes that are embedded as they are.</param>
    public static EmbeddedData Of(byte[] json, int most = 1 << 19)
    {
        if (json.Length <= most) return new EmbeddedData("application/json", Encoding.UTF8.GetString(json));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(json);
        return new EmbeddedData("application/gzip", Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length));
    }
}
