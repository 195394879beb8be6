using System.Text;

namespace Ilt.Reports;

/// <summary>
/// A report as one HTML page that holds all it shows: it opens from disk, asks for nothing from the network, and runs only the scripts
/// that it names by their hashes. Texts of the data are data in it, never markup.
/// </summary>
public static class AuditHtml
{
    /// <summary>Writes the page, UTF-8 without a byte order mark.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <exception cref="ArgumentException">A picture is neither PNG nor JPEG, or the colour of a class is not #rrggbb.</exception>
    public static void Write(AuditReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        Write(report, writer);
    }

    /// <summary>Writes the page; the text is to be stored as UTF-8, which the page says of itself.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="writer">Where to; it stays open.</param>
    /// <exception cref="ArgumentException">A picture is neither PNG nor JPEG, or the colour of a class is not #rrggbb.</exception>
    public static void Write(AuditReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        var data = EmbeddedData.Of(PageData.Write(report));
        var parts = new Dictionary<string, Func<string>>
        {
            ["policy"] = () => PageFiles.Policy,
            ["title"] = () => System.Net.WebUtility.HtmlEncode($"{PlainText.Visible(PlainText.Cut(report.Title, 120))}: label audit"),
            ["style"] = () => PageFiles.Style,
            ["reportType"] = () => data.MediaType,
            ["report"] = () => data.Text,
            ["pictures"] = () => Encoding.UTF8.GetString(PagePictures.Write(report)),
            ["licences"] = () => Encoding.UTF8.GetString(PageLicences.Write()),
            ["charts"] = () => PageFiles.Charts,
            ["script"] = () => PageFiles.Script,
        };
        foreach (var (text, isName) in PageFiles.Template)
            writer.Write(isName ? parts[text]() : text);
        writer.Flush();
    }
}
