using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>A class per row, from the texts of one column. In a column of numbers, 5 and 5.0 are one class.</summary>
internal sealed class ClassLabel : TaskLabel
{
    // The name of each value that was read as a number; null where classes are texts.
    private readonly Dictionary<double, string>? byValue;

    /// <summary>Reads the classes; those of validation rows go by the names that <paramref name="training"/> has for them.</summary>
    public ClassLabel(TaskSpec spec, TableColumn column, ClassLabel? training = null)
        : base(spec, [column])
    {
        if (training is null)
            byValue = column.Kind == ColumnKind.Number ? [] : null;
        else if (training.byValue is { } known)
            byValue = new Dictionary<double, string>(known);
        ClassNames = Names(column, out var canonical);
        var index = ClassNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        Classes = new int[column.Count];
        for (var row = 0; row < Classes.Length; row++)
            Classes[row] = column.IsMissing(row) ? -1 : index[canonical[column.Text(row)]];
    }

    /// <summary>The class names: by value where all are numbers, by text otherwise.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The class of each row as an index into <see cref="ClassNames"/>; -1 where there is none.</summary>
    public override int[] Classes { get; }

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => Classes[row] >= 0;

    /// <summary>The class name of a row; empty where there is none.</summary>
    public string ClassText(int row) => Classes[row] < 0 ? "" : ClassNames[Classes[row]];

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        var counts = new int[ClassNames.Count];
        var last = new int[ClassNames.Count];
        foreach (var row in rows.Where(IsLabelled))
        {
            counts[Classes[row]]++;
            last[Classes[row]] = row;
        }

        var present = counts.Count(c => c > 0);
        if (present == 0)
            throw new UserErrorException($"{Where} holds no label at all; leave the task out.");
        if (present == 1)
            throw new UserErrorException($"{Where} holds one class only ('{ClassNames[Array.FindIndex(counts, c => c > 0)]}'), so there is nothing to tell apart; leave the task out.");
        var lone = Array.IndexOf(counts, 1);
        if (lone < 0)
            return;
        var numeric = Columns[0].Kind == ColumnKind.Number && present > 20 ? " If the column is a quantity, use the kind regression." : "";
        throw new UserErrorException(
            $"{Where}: class '{ClassNames[lone]}' has one row only (line {Columns[0].LineOf(last[lone])}), which cannot be learned or checked; "
            + $"merge it with another class, or empty its cell.{numeric}");
    }

    private string[] Names(TableColumn column, out Dictionary<string, string> canonical)
    {
        canonical = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < column.Count; row++)
        {
            var text = column.Text(row);
            if (text.Length == 0 || canonical.ContainsKey(text))
                continue;
            canonical[text] = text;
            if (byValue is null || !Numbers.TryParse(text, out var value))
                continue;
            if (!double.IsFinite(value))
                throw new UserErrorException($"{column.Where(row)}: '{text}' is no finite number; write the class, or leave the cell empty if it is missing.");
            if (!byValue.TryAdd(value, text))
                canonical[text] = byValue[value];
        }

        // Texts, which a validation column may hold among numbers, come last.
        var values = (byValue ?? []).ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
        return canonical.Values.Distinct()
            .OrderBy(name => values.GetValueOrDefault(name, double.PositiveInfinity)).ThenBy(name => name, StringComparer.Ordinal).ToArray();
    }
}
