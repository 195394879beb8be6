using Ilt.Cli.Tables;
using Ilt.Naming;

namespace Ilt.Cli.Tasks;

/// <summary>A class per row, from the texts of one column; <see cref="ClassNaming"/> says which texts are one class.</summary>
internal sealed class ClassLabel : TaskLabel
{
    // A single row of a class is a slip in a column of classes; many such classes are a column of something else.
    private const double LoneShare = 0.05;
    private const int ShownLone = 5;

    private readonly ClassNaming naming;
    private readonly bool[] isLone;

    /// <summary>Reads the classes; those of validation rows go by the names that <paramref name="training"/> has for them.</summary>
    public ClassLabel(TaskSpec spec, TableColumn column, ClassLabel? training = null, bool keepSpellings = false)
        : base(spec, [column])
    {
        naming = new ClassNaming(column, keepSpellings, training?.naming);
        isLone = new bool[column.Count];
        var names = new string[column.Count];
        for (var row = 0; row < names.Length; row++)
            names[row] = column.IsMissing(row) ? "" : naming.NameOf(column, row);
        // By value where all are numbers; texts, which a validation column may hold among numbers, come last.
        ClassNames = names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Value: naming.ValueOf(name))).OrderBy(c => c.Value).ThenBy(c => c.Name, StringComparer.Ordinal).Select(c => c.Name).ToArray();
        var index = ClassNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        Classes = Array.ConvertAll(names, name => name.Length == 0 ? -1 : index[name]);
    }

    /// <summary>The class names: by value where all are numbers, by text otherwise.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; }

    /// <summary>The class of each row as an index into <see cref="ClassNames"/>; -1 where there is none.</summary>
    public override int[] Classes { get; }

    /// <summary>Which spellings are one class; null: each has one spelling.</summary>
    public string? SpellingNote => naming.Note;

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => Classes[row] >= 0;

    /// <inheritdoc/>
    public override bool IsLeftOut(int row) => isLone[row];

    /// <summary>The class name of a row; empty where there is none.</summary>
    public string ClassText(int row) => Classes[row] < 0 ? "" : ClassNames[Classes[row]];

    /// <inheritdoc/>
    public override string CellText(int row, int column) => naming.KeepsSpellings && IsLabelled(row) ? Columns[0][row] : base.CellText(row, column);

    /// <summary>The label byte for byte as the file has it; empty where there is none.</summary>
    public override string GivenText(int row) => IsLabelled(row) ? Columns[0][row] : "";

    /// <inheritdoc/>
    public override string[] Cells(string text, string folder) => (naming.Find(Columns[0], text) ?? naming.Find(Columns[0], text.Trim())) is { } name && ClassNames.Contains(name)
        ? [name]
        : throw new FormatException($"'{text.Trim()}' is a class that no row of the table has; {NearestName.Advice(text.Trim(), ClassNames)}");

    /// <inheritdoc/>
    public override string? LeaveOutLone(IReadOnlyList<int> rows, RowIds ids)
    {
        var counts = new int[ClassNames.Count];
        foreach (var row in rows)
        {
            if (IsLabelled(row))
                counts[Classes[row]]++;
        }

        var several = counts.Count(count => count > 1);
        var alone = counts.Count(count => count == 1);
        if (alone == 0 || several < 2 || alone > LoneShare * rows.Count)
            return null; // nothing, or more than slips: RequireLearnable says so
        var lone = rows.Where(row => IsLabelled(row) && counts[Classes[row]] == 1).Order().ToArray();
        var shown = lone.Take(ShownLone).Select(row => $"'{VisibleText.Of(ClassText(row))}' (line {Columns[0].LineOf(row)}{(ids.Column is null ? "" : $", id '{ids.Ids[row].Trim()}'")})");
        var note = $"task {Spec.Name}: {(lone.Length == 1 ? "a class has" : $"{lone.Length} classes have")} one row only, which cannot be learned or ranked and is most likely a slip; look at {string.Join(", ", shown)}{(lone.Length > ShownLone ? ", ..." : "")} first.";
        foreach (var row in lone)
            (isLone[row], Classes[row]) = (true, -1);
        Compact();
        return note;
    }

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
            throw NoLabel;
        if (present == 1)
            throw OneClass(ClassNames[Array.FindIndex(counts, c => c > 0)]);
        var lone = Array.IndexOf(counts, 1);
        if (lone < 0)
            return;
        var numeric = Columns[0].Kind == ColumnKind.Number && present > 20 ? " If the column is a quantity, use the kind regression." : "";
        throw new UserErrorException(
            $"{Where}: class '{VisibleText.Of(ClassNames[lone])}' has one row only (line {Columns[0].LineOf(last[lone])}), which cannot be learned or checked; "
            + $"merge it with another class, or empty its cell.{numeric}");
    }

    // A class may have been folded into the other one, or taken for missing cells.
    private UserErrorException OneClass(string name)
    {
        string[] reasons = [.. new[] { Absent, naming.Folded is { } folded ? $"{folded} are one class, and --keep-spellings keeps them apart" : "" }.Where(reason => reason.Length > 0)];
        return new UserErrorException($"{Where} holds one class only ('{VisibleText.Of(name)}'), so there is nothing to tell apart: {string.Concat(reasons.Select(reason => $"{reason}; "))}give another class, or leave the task out.");
    }

    // Classes without a row have no name either.
    private void Compact()
    {
        var used = Classes.Where(c => c >= 0).Distinct().Order().ToArray();
        ClassNames = used.Select(c => ClassNames[c]).ToArray();
        for (var row = 0; row < Classes.Length; row++)
            Classes[row] = Classes[row] < 0 ? -1 : Array.BinarySearch(used, Classes[row]);
    }
}
