using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ilt.Reports;

/// <summary>How a report is written as JSON.</summary>
internal static class ReportJson
{
    /// <summary>Names in camelCase, NaN as null, rows as arrays.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new SingleJson(), new DoubleJson(), new RowsJson(), new DateJson() },
    };
}
