using System.Globalization;

namespace Ilt.Reports;

/// <summary>The distinct ids of all rows, in the order in which they first occur: each is embedded once.</summary>
internal sealed class RowIds
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> ids = [];

    public RowIds(AuditReport report)
    {
        foreach (var task in report.Tasks)
            foreach (var row in task.Rows)
                if (places.TryAdd(row.Id, ids.Count)) ids.Add(row.Id);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => ids;

    /// <summary>The place of an id that has one.</summary>
    public int this[string id] => places[id];

    /// <summary>The place of an id; false for an id of no row.</summary>
    public bool TryFind(string id, out int place) => places.TryGetValue(id, out place);

    /// <summary>A place as the name of a JSON property.</summary>
    public static string Name(int place) => place.ToString(CultureInfo.InvariantCulture);
}
