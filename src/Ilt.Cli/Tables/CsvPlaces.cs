using Ilt.Parameters;

namespace Ilt.Cli.Tables;

/// <summary>
/// Where the cells of a file of separated values begin: for each row once in full, for its cells as distances from there, two bytes each while
/// every row is shorter than 64 KiB. A cell ends before the separator of the next one.
/// </summary>
internal sealed class CsvPlaces
{
    private readonly int columns;
    private int[] rows; // where the row begins
    private ushort[][]? near; // [columns + 1]: where each cell begins, counted from the row; the last one where another would
    private int[][]? far; // the same, of rows that are longer

    /// <param name="columns">Cells of a row.</param>
    /// <param name="most">Rows to make room for.</param>
    public CsvPlaces(int columns, int most)
    {
        this.columns = columns;
        rows = LargePages.Allocate<int>(most);
        near = new ushort[columns + 1][];
        for (var c = 0; c < near.Length; c++) near[c] = LargePages.Allocate<ushort>(most);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row of as many cells as there are columns.</summary>
    public void Add(ReadOnlySpan<CellSpan> cells)
    {
        var start = cells[0].Start;
        var end = cells[^1].Start + cells[^1].Length + 1 - start;
        if (end > ushort.MaxValue && near is not null)
            Widen();
        rows[Count] = start;
        for (var c = 0; c <= columns; c++)
        {
            var place = c < columns ? cells[c].Start - start : end;
            if (near is not null) near[c][Count] = (ushort)place;
            else far![c][Count] = place;
        }

        Count++;
    }

    /// <summary>As many rows as there is room for, to be set in any order by <see cref="SetCell"/> and <see cref="SetRow"/>.</summary>
    public void Fill() => Count = rows.Length;

    /// <summary>Sets where a cell begins, counted from its row.</summary>
    public void SetCell(int row, int column, int place) => near![column][row] = (ushort)place;

    /// <summary>Sets where a row begins, and, counted from there, where another cell would; false where the row is too long for two bytes.</summary>
    public bool SetRow(int row, int start, int end)
    {
        (rows[row], near![columns][row]) = (start, (ushort)end);
        return end <= ushort.MaxValue;
    }

    /// <summary>Gives back the room that was not used, where it is worth a copy of the rest.</summary>
    public void Trim()
    {
        if (rows.Length - Count <= rows.Length / 8)
            return;
        Array.Resize(ref rows, Count);
        for (var c = 0; c <= columns; c++)
        {
            if (near is not null) Array.Resize(ref near[c], Count);
            else Array.Resize(ref far![c], Count);
        }
    }

    /// <summary>Where a cell stands.</summary>
    public CellSpan Of(int row, int column) => near is not null
        ? new(rows[row] + near[column][row], near[column + 1][row] - near[column][row] - 1)
        : new(rows[row] + far![column][row], far[column + 1][row] - far[column][row] - 1);

    private void Widen()
    {
        far = Array.ConvertAll(near!, places => Array.ConvertAll(places, place => (int)place));
        near = null;
    }
}
