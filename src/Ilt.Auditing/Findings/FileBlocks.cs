namespace Ilt.Auditing;

/// <summary>Rows in the order of the file, cut into blocks of about the same size.</summary>
internal sealed class FileBlocks
{
    private const int MostBlocks = 10, FewestRowsPerBlock = 50;

    private FileBlocks(int[] rows, int count)
    {
        (Rows, Count) = (rows, count);
        BlockOf = [.. Enumerable.Range(0, rows.Length).Select(i => (int)((long)i * count / rows.Length))];
    }

    /// <summary>The rows, rising.</summary>
    public int[] Rows { get; }

    /// <summary>Blocks.</summary>
    public int Count { get; }

    /// <summary>Per entry of <see cref="Rows"/> its block.</summary>
    public int[] BlockOf { get; }

    /// <summary>Null: the rows are too few for two blocks.</summary>
    public static FileBlocks? Of(int[] rows)
    {
        var count = Math.Min(MostBlocks, rows.Length / FewestRowsPerBlock);
        return count < 2 ? null : new FileBlocks(rows, count);
    }

    public int Size(int block) => BlockOf.Count(b => b == block);

    public int[] RowsOf(int block) => [.. Rows.Where((_, i) => BlockOf[i] == block)];
}
