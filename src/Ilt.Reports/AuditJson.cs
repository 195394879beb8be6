using System.Text.Json;

namespace Ilt.Reports;

/// <summary>
/// A report as JSON (<c>audit.json</c>): all but the pictures. Rows are arrays in the order of <c>columns</c>, which data frames take as they
/// are; what is not known (NaN) is null, an infinite number a text.
/// </summary>
public static class AuditJson
{
    /// <summary>Writes it, UTF-8.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(AuditReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        JsonSerializer.Serialize(stream, report, ReportJson.Options);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads what <see cref="Write"/> wrote; pictures are not in it.</summary>
    /// <param name="stream">UTF-8; it stays open.</param>
    /// <exception cref="FormatException">It is no such file, or one of a later version.</exception>
    public static AuditReport Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        AuditReport? report;
        try
        {
            report = JsonSerializer.Deserialize<AuditReport>(stream, ReportJson.Options);
        }
        catch (JsonException error)
        {
            throw new FormatException($"This is no audit.json: {error.Message} Give the file that the audit wrote.", error);
        }

        if (report is null) throw new FormatException("This is no audit.json: it holds null. Give the file that the audit wrote.");
        return report.FormatVersion == AuditReport.CurrentFormat
            ? report
            : throw new FormatException(
                $"audit.json has format version {report.FormatVersion}, and this program reads version {AuditReport.CurrentFormat}. " +
                $"Read it with the version that wrote it ({PlainText.Visible(report.Tool)}).");
    }
}
