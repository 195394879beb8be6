using System.Runtime.InteropServices;

namespace Ilt.Cli.Tables;

/// <summary>One named column of a <see cref="Table"/>; cells keep the text of the file.</summary>
internal sealed class TableColumn
{
    private readonly string path;
    private readonly ColumnCells cells;
    private readonly int[] lines;
    private readonly MissingWords words;
    private readonly bool declaresMissing;
    private readonly Dictionary<string, int> wordCounts = new(StringComparer.Ordinal);
    private readonly PlainNumbers? plain;
    private bool[]? missing;
    private Dictionary<string, int>? counts;
    private int? firstText;
    private float[]? numbers;
    private string[]? categories;

    /// <summary>Creates a column that is read as <paramref name="reading"/> says.</summary>
    public TableColumn(string path, RawColumn raw, int[] lines, ColumnReading reading, MissingWords words, IReadOnlyList<string> notes)
    {
        this.path = path;
        cells = raw.Cells;
        this.lines = lines;
        this.words = words;
        declaresMissing = raw.DeclaresMissing;
        Name = raw.Name;
        Reading = reading;
        Notes = notes;
        // A number is no word, unless the user says so.
        plain = Kind == ColumnKind.Number && Reading.Number.IsPlain && !words.IncludeNumbers ? cells.Plain : null;
        cells.ForgetPlain();
        for (var row = 0; row < (plain is { AreAll: true } ? 0 : cells.Count); row++)
        {
            if (IsPlain(row) || !FindMissing(row))
                continue;
            missing ??= new bool[cells.Count];
            missing[row] = true;
            MissingCount++;
        }
    }

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>How the cells are read.</summary>
    public ColumnReading Reading { get; private set; }

    /// <summary>What the cells are.</summary>
    public ColumnKind Kind => Reading.Kind;

    /// <summary>What a user should know of how the column is read, if it is used.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Number of rows.</summary>
    public int Count => cells.Count;

    /// <summary>Number of rows whose cell is missing.</summary>
    public int MissingCount { get; }

    /// <summary>The words that stand for missing cells here, with their numbers; empty cells are none of them.</summary>
    public IReadOnlyDictionary<string, int> MissingWordCounts => wordCounts;

    /// <summary>The first row whose cell is no number, or -1.</summary>
    public int FirstText => firstText ??= FindFirstText();

    /// <summary>The text of a cell as the file has it, blanks included.</summary>
    public string this[int row] => cells[row];

    /// <summary>Whether the cell is missing.</summary>
    public bool IsMissing(int row) => missing is not null && missing[row];

    /// <summary>The text of a cell, trimmed; the empty string where it is missing.</summary>
    public string Text(int row) => IsMissing(row) ? "" : cells[row].Trim();

    /// <summary>The category that a cell names; the empty string where it is missing. Where categories are whole numbers, 7.0 is 7.</summary>
    public string Category(int row) => Categories[row];

    /// <summary>The cell as a number in the column's way of writing; false where it is none.</summary>
    public bool TryNumber(int row, out double value) =>
        Reading.Number.IsPlain ? cells.TryNumber(row, out value) : Reading.Number.TryParse(cells[row].Trim(), out value);

    /// <summary>The cell as a date; null where it is missing, an error with its line where it is none.</summary>
    public DateTime? Date(int row)
    {
        if (IsMissing(row))
            return null;
        return DateFormats.TryParse(Text(row), Reading.DateFormat!, out var date)
            ? date
            : throw new UserErrorException($"{Where(row)}: '{Text(row)}' is no date as the column writes them, such as {DateFormats.Example(Reading.DateFormat!)}; mend the cell, or leave it empty.");
    }

    /// <summary>"line 12, column 'x'" for messages.</summary>
    public string Where(int row) => $"{path}: line {lines[row]}, column '{Name}'";

    /// <summary>The line of the file on which a row starts, from 1.</summary>
    public int LineOf(int row) => lines[row];

    /// <summary>Where the cell stands in the bytes of the file.</summary>
    public CellSpan Span(int row) => cells.Span(row);

    /// <summary>How many different texts the column holds, missing cells aside.</summary>
    public int DistinctCount => CategoryCounts.Count;

    /// <summary>The different texts, in the order of the rows, with their numbers; missing cells aside; counted at the first question.</summary>
    public IReadOnlyDictionary<string, int> CategoryCounts => counts ??= CountCategories();

    /// <summary>Takes each value for a category from here on.</summary>
    public void ReadAsCategories() => (Reading, categories, counts) = (Reading with { Kind = ColumnKind.Text, HasNumberNames = true }, null, null);

    /// <summary>The same column, read in the same way, with other texts in some rows; an empty one is a missing cell.</summary>
    public TableColumn With(IReadOnlyDictionary<int, string> texts) =>
        new(path, new RawColumn(Name, new ReplacedCells(cells, texts)) { DeclaresMissing = declaresMissing }, lines, Reading, words, Notes);

    /// <summary>Counts days from a date on.</summary>
    public void CountDaysFrom(DateTime origin) => Reading = Reading with { Origin = origin };

    /// <summary>
    /// The column as single-precision numbers, <see cref="float.NaN"/> where missing; not to be changed. A cell that is no number, not a
    /// number, infinite or too large is a <see cref="UserErrorException"/> with its line; <paramref name="use"/> says what needs the number.
    /// </summary>
    /// <param name="use">What needs the numbers.</param>
    /// <param name="named">What a message says of a row beside its line; null: nothing.</param>
    /// <param name="onBad">Takes the row and the message of a bad cell, which then counts as missing; null: the first one is an error.</param>
    public float[] ToNumbers(string use, Func<int, string>? named = null, Action<int, string>? onBad = null)
    {
        if (numbers is not null)
            return numbers;
        var read = plain?.Values ?? new float[cells.Count];
        var isGood = true;
        for (var row = 0; row < (plain is { AreAll: true } ? 0 : read.Length); row++)
        {
            if (IsPlain(row))
                continue;
            var problem = Problem(row, use, countsAlike: onBad is null, out var number);
            // A number in quotes, or between blanks: the plain ones stay as they are, for they say which of them were read.
            if (ReferenceEquals(read, plain?.Values) && !float.IsNaN(number))
                read = [.. read];
            read[row] = number;
            if (problem is null)
                continue;
            var message = $"{Where(row)}{named?.Invoke(row)}: {problem}";
            if (onBad is null)
                throw new UserErrorException(message);
            onBad(row, message);
            read[row] = float.NaN;
            isGood = false;
        }

        if (isGood)
            numbers = read;
        return read;
    }

    private string[] Categories => categories ??= ReadCategories();

    private string[] ReadCategories()
    {
        var texts = new string[cells.Count];
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < texts.Length; row++)
        {
            var text = Reading.HasNumberNames && !IsMissing(row) && TryNumber(row, out var value) ? Numbers.Format(value) : Text(row);
            if (!same.TryGetValue(text, out texts[row]!))
                same[text] = texts[row] = text;
        }

        return texts;
    }

    private Dictionary<string, int> CountCategories()
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in Categories)
        {
            if (text.Length > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(found, text, out _)++;
        }

        return found;
    }

    private bool IsPlain(int row) => plain is not null && !float.IsNaN(plain.Values[row]);

    private bool FindMissing(int row)
    {
        if (cells.IsBlank(row))
            return true;
        if (declaresMissing && !words.IsGiven)
            return false;
        // A number is no word, unless the user says so.
        if (Kind == ColumnKind.Number && !words.IsGiven && Reading.Number.IsPlain && cells.TryNumber(row, out _))
            return false;
        var text = cells[row];
        if (text.Length > words.Longest && text.AsSpan().Trim().Length > words.Longest)
            return false;
        text = text.Trim();
        var isMissing = Kind == ColumnKind.Number
            ? words.ContainsAmongNumbers(text)
            : words.Contains(text) && (words.IsGiven || (!cells.IsQuoted(row) && !Reading.Words.Contains(text)));
        if (isMissing)
            wordCounts[text] = wordCounts.GetValueOrDefault(text) + 1;
        return isMissing;
    }

    /// <summary>What is wrong with the cell as a number; null: nothing.</summary>
    private string? Problem(int row, string use, bool countsAlike, out float number)
    {
        number = float.NaN;
        if (IsMissing(row))
            return null;
        if (!TryNumber(row, out var value))
        {
            var format = Reading.Number.IsPlain ? "" : $" as the column writes them ({Reading.Number.Describe()})";
            return $"'{cells[row].Trim()}' is no number{format}, but {use} needs one; mend the cell, or leave it empty{(countsAlike ? Alike(row) : "")}.";
        }

        number = (float)value;
        if (float.IsNaN(number))
            return $"'{cells[row].Trim()}' is not a number, and {use} needs one; write the value, or leave the cell empty if it is missing (--missing can name the word).";
        return float.IsInfinity(number)
            ? $"'{cells[row].Trim()}' is not finite, but {use} needs a finite number below 3.4e38; mend the cell, or leave it empty if the value is missing."
            : null;
    }

    // A sign or word alone, in several cells or one, may mean that the value is missing.
    private string Alike(int row)
    {
        var text = cells[row].Trim();
        var count = Enumerable.Range(0, cells.Count).Count(other => !IsMissing(other) && cells[other].AsSpan().Trim().SequenceEqual(text));
        var alike = count == 1 ? "" : FormattableString.Invariant($"; {count} cells have it");
        if (text.Any(c => char.IsAsciiDigit(c) || c is ',' || char.IsWhiteSpace(c)))
            return alike;
        return $"{alike}; if it means a missing one say --missing {words.OptionWith([text])}";
    }

    private int FindFirstText()
    {
        for (var row = 0; row < cells.Count; row++)
        {
            if (!IsMissing(row) && !TryNumber(row, out _))
                return row;
        }

        return -1;
    }
}
