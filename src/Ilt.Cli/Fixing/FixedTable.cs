using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Fixing;

/// <summary>A table with the changes of several tasks.</summary>
internal sealed class FixedTable
{
    private readonly Table table;
    private readonly bool[] isDropped;
    private readonly Dictionary<(int Row, int Column), string> cells = [];

    /// <summary>Puts the changes together: of a row that one task leaves out, no other change is left.</summary>
    public FixedTable(Table table, RowIds ids, IReadOnlyList<TaskFix> fixes)
    {
        this.table = table;
        isDropped = new bool[table.RowCount];
        foreach (var row in fixes.SelectMany(fix => fix.Rows.Where(row => fix.Of(row)!.IsDropped)))
            isDropped[row] = true;
        var places = table.Columns.Select((column, i) => (column, i)).ToDictionary(entry => entry.column, entry => entry.i);
        var changes = new List<FixChange>();
        foreach (var fix in fixes)
        {
            foreach (var row in fix.Rows)
            {
                var decision = fix.Of(row)!;
                var columns = fix.Label.Columns;
                if (isDropped[row] != decision.IsDropped)
                    continue;
                if (decision.IsDropped)
                {
                    changes.Add(Change(row, fix, decision, string.Join(';', columns.Select(c => c.Name)), string.Join(';', columns.Select((_, i) => fix.Label.CellText(row, i))), ""));
                    continue;
                }

                for (var i = 0; i < columns.Count; i++)
                {
                    var text = decision.Cells?[i] ?? "";
                    if (fix.Label.CellText(row, i) == text)
                        continue;
                    cells[(row, places[columns[i]])] = decision.Cells is null ? TableRewriter.Missing : text;
                    changes.Add(Change(row, fix, decision, columns[i].Name, fix.Label.CellText(row, i), text));
                }
            }
        }

        Changes = [.. changes.OrderBy(change => change.Row)];

        FixChange Change(int row, TaskFix fix, TaskFix.Decision decision, string column, string old, string text) =>
            new(table.Columns[0].LineOf(row), row, ids.Ids[row], fix.Label.Spec.Name, column, old, text, decision.Probability, decision.Word);
    }

    /// <summary>All changes, row by row.</summary>
    public IReadOnlyList<FixChange> Changes { get; }

    /// <summary>Rows that are left out.</summary>
    public int Dropped => isDropped.Count(true.Equals);

    /// <summary>Labels of a task that are lost because another task's label has its row left out.</summary>
    public int LostWithOthers(TaskLabel label)
    {
        var own = Changes.Where(change => change.Rule == "drop" && change.Task == label.Spec.Name).Select(change => change.Row).ToHashSet();
        return Enumerable.Range(0, isDropped.Length).Count(row => isDropped[row] && !own.Contains(row) && label.IsLabelled(row));
    }

    /// <summary>The bytes of the table.</summary>
    public byte[] Write() => TableRewriter.Rewrite(table, cells.Keys.Select(cell => cell.Column).Distinct(), (row, column) => cells.GetValueOrDefault((row, column)), row => isDropped[row]);

    /// <summary>How the shares of a task's classes shift, in words; null: they are no classes, or they do not notably.</summary>
    public string? Shift(TaskLabel label)
    {
        const double Notable = 0.02;
        const int Shown = 4;
        if (label.Classes is not { } classes)
            return null;
        var column = label.Columns[0];
        var place = table.Columns.ToList().IndexOf(column);
        var names = Enumerable.Range(0, classes.Length).Where(row => classes[row] >= 0).GroupBy(row => classes[row]).ToDictionary(group => group.Key, group => label.CellText(group.First(), 0));
        var classOf = Enumerable.Range(0, classes.Length).Where(row => classes[row] >= 0).GroupBy(row => label.CellText(row, 0)).ToDictionary(group => group.Key, group => classes[group.First()]);
        var after = classes.Select((c, row) => isDropped[row] ? -1 : !cells.TryGetValue((row, place), out var text) ? c : classOf.GetValueOrDefault(text, -1)).ToArray();
        var shares = names.Keys.Select(c => (Name: names[c], Before: Share(classes, c), After: Share(after, c))).OrderByDescending(c => Math.Abs(c.After - c.Before)).ThenBy(c => c.Name, StringComparer.Ordinal).ToArray();
        return shares.Length == 0 || Math.Abs(shares[0].After - shares[0].Before) < Notable ? null
            : string.Join(", ", shares.Take(Shown).Select(c => FormattableString.Invariant($"{c.Name} {c.Before:P1} -> {c.After:P1}"))) + (shares.Length > Shown ? ", ..." : "");

        static double Share(int[] all, int c) => all.Count(other => other == c) / (double)Math.Max(1, all.Count(other => other >= 0));
    }
}
