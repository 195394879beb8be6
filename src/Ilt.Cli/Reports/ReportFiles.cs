using Ilt.Cli.Output;
using Ilt.Reports;

namespace Ilt.Cli.Reports;

/// <summary>The files of a report: one page, and the same as JSON and Markdown.</summary>
internal static class ReportFiles
{
    /// <summary>The page.</summary>
    public const string Page = "audit.html";

    /// <summary>Its content, for programs.</summary>
    public const string Data = "audit.json";

    /// <summary>Its content, for readers of plain text.</summary>
    public const string Text = "audit.md";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Page, Data, Text];

    /// <summary>Writes them into a folder.</summary>
    /// <exception cref="UserErrorException">They cannot be written; what was there stays.</exception>
    public static void Write(AuditReport report, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, Data), stream => AuditJson.Write(report, stream));
        AtomicFile.Write(Path.Combine(folder, Text), stream => AuditMarkdown.Write(report, stream));
        AtomicFile.Write(Path.Combine(folder, Page), stream => AuditHtml.Write(report, stream));
    }
}
