namespace Ilt.Reports;

/// <summary>The formatters of reports in notebooks.</summary>
internal sealed class ReportFormatterSource
{
    /// <summary>All of them.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new ReportFormatter()];
}

/// <summary>Writes a report, or the summary of one, as HTML without scripts.</summary>
internal sealed class ReportFormatter
{
    /// <summary>What it writes.</summary>
    public string MimeType => "text/html";

    /// <summary>Writes it.</summary>
    /// <returns>False: it is something else.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        switch (instance)
        {
            case AuditReport report: NotebookHtml.Write(report, writer, NotebookHtml.MostRows); return true;
            case AuditSummary summary: NotebookHtml.Write(summary.Report, writer, 0); return true;
            default: return false;
        }
    }
}
