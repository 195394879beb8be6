namespace Ilt.Reports;

/// <summary>Placeholder until the report is merged.</summary>
public static class AuditJson
{
    /// <summary>Writes.</summary>
    public static void Write(AuditReport report, Stream stream) { System.Text.Json.JsonSerializer.Serialize(stream, report.Title); }
}
