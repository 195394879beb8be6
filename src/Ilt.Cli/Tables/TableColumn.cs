namespace Ilt.Cli.Tables;

/// <summary>What the cells of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>Every cell that is not missing reads as a number.</summary>
    Number,

    /// <summary>Anything else, the words true and false included: a category per distinct text.</summary>
    Text,
}

/// <summary>One named column of a <see cref="Table"/>; cells keep the text of the file.</summary>
internal sealed class TableColumn
{
    private readonly string path;
    private readonly string[] cells;
    private readonly int[] lines;
    private int? distinct;

    /// <summary>Creates a column; its kind is inferred unless the file declares it.</summary>
    public TableColumn(string path, string name, string[] cells, int[] lines, ColumnKind? declared = null)
    {
        this.path = path;
        this.cells = cells;
        this.lines = lines;
        Name = name;
        FirstText = IndexOfFirstText(cells);
        Kind = declared ?? (FirstText < 0 ? ColumnKind.Number : ColumnKind.Text);
        foreach (var cell in cells)
            MissingCount += MissingValues.IsMissing(cell) ? 1 : 0;
    }

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>What the cells are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Number of rows.</summary>
    public int Count => cells.Length;

    /// <summary>Number of rows whose cell is missing.</summary>
    public int MissingCount { get; }

    /// <summary>The first row whose cell is no number, or -1.</summary>
    public int FirstText { get; }

    /// <summary>The text of a cell as the file has it.</summary>
    public string this[int row] => cells[row];

    /// <summary>Whether the cell is missing.</summary>
    public bool IsMissing(int row) => MissingValues.IsMissing(cells[row]);

    /// <summary>The text of a cell, trimmed; the empty string where it is missing.</summary>
    public string Text(int row) => IsMissing(row) ? "" : cells[row].Trim();

    /// <summary>"line 12, column 'x'" for messages.</summary>
    public string Where(int row) => $"{path}: line {lines[row]}, column '{Name}'";

    /// <summary>The line of the file on which a row starts, from 1.</summary>
    public int LineOf(int row) => lines[row];

    /// <summary>How many different texts the column holds, missing cells aside; counted at the first question.</summary>
    public int DistinctCount => distinct ??= CountDistinct();

    /// <summary>
    /// The column as single-precision numbers, <see cref="float.NaN"/> where missing. A cell that is no number, not a number, infinite
    /// or too large is a <see cref="UserErrorException"/> with its line; <paramref name="use"/> says what needs the number.
    /// </summary>
    /// <param name="use">What needs the numbers.</param>
    /// <param name="named">What a message says of a row beside its line; null: nothing.</param>
    /// <param name="onBad">Takes the row and the message of a bad cell, which then counts as missing; null: the first one is an error.</param>
    public float[] ToNumbers(string use, Func<int, string>? named = null, Action<int, string>? onBad = null)
    {
        var numbers = new float[cells.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (Problem(row, use, out numbers[row]) is not { } problem)
                continue;
            var message = $"{Where(row)}{named?.Invoke(row)}: {problem}";
            if (onBad is null)
                throw new UserErrorException(message);
            onBad(row, message);
            numbers[row] = float.NaN;
        }

        return numbers;
    }

    private int CountDistinct()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < cells.Length; row++)
        {
            if (!IsMissing(row))
                seen.Add(Text(row));
        }

        return seen.Count;
    }

    /// <summary>What is wrong with the cell as a number; null: nothing.</summary>
    private string? Problem(int row, string use, out float number)
    {
        number = float.NaN;
        if (IsMissing(row))
            return null;
        if (!Numbers.TryParse(cells[row], out var value))
            return $"'{cells[row]}' is no number, but {use} needs one; mend the cell, or leave it empty.";
        number = (float)value;
        if (float.IsNaN(number))
            return $"'{cells[row]}' is not a number, and {use} needs one; write the value, or leave the cell empty if it is missing.";
        return float.IsInfinity(number)
            ? $"'{cells[row]}' is not finite, but {use} needs a finite number below 3.4e38; mend the cell, or leave it empty if the value is missing."
            : null;
    }

    private static int IndexOfFirstText(string[] cells)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            if (!MissingValues.IsMissing(cells[row]) && !Numbers.TryParse(cells[row], out _))
                return row;
        }

        return -1;
    }
}
