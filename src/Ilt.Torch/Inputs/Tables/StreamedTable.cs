using System.Security.Cryptography;

namespace Ilt.Torch;

/// <summary>
/// A table whose features are in a scratch file, since memory does not hold them; labels are in memory. What is read ahead of the training takes
/// a part of the memory that is named.
/// </summary>
/// <remarks>
/// Where a quarter of the memory (at most 1 GiB) holds all rows, batches are those of the same table in memory, and so are results, bit for bit.
/// Elsewhere an epoch visits shards of the file in a random order, eight at once, and mixes the rows of these: another order, which follows from the
/// seed, the epoch and the size of the shards alone. Every row is visited once in every epoch.
/// </remarks>
public sealed class StreamedTable : TrainingData
{
    // Read ahead while the rows of as many are trained on.
    private const int ShardsAtOnce = 8;
    private const int FewestRowsPerShard = 256;
    private const long MostBytesAtOnce = 1L << 30;

    // Of the memory, the rows at hand and those read ahead take a quarter each.
    private const int ShareAtOnce = 4;

    private readonly FeatureFile file;
    private readonly int[]? rows; // of the file; null: all of them

    /// <summary>Puts features and labels together; they are kept, not copied, and the file is still the caller's to dispose.</summary>
    /// <param name="features">The features.</param>
    /// <param name="labels">One per task, in the order of the tasks, each with as many entries as there are rows.</param>
    /// <param name="memory">Bytes that rows read ahead may take; 256 rows are read at once in any case. Null: a quarter of the memory that the process may have.</param>
    /// <exception cref="ArgumentException">Counts do not fit.</exception>
    public StreamedTable(FeatureFile features, IReadOnlyList<TaskLabels> labels, long? memory = null)
        : this(features, null, labels, RowsPerShard(features, memory ?? Imaging.MemoryBudget.ShareOfMachine), ShardsAtOnce)
    {
    }

    internal StreamedTable(FeatureFile features, int[]? rows, IReadOnlyList<TaskLabels> labels, int rowsPerShard, int shardsAtOnce)
        : base(rows?.Length ?? features.RowCount, new InputShape(features.FeatureCount), labels)
    {
        (file, this.rows) = (features, rows);
        Shards = new Shards(RowCount, rowsPerShard, shardsAtOnce, rows is null || IsAscending(rows) ? null : Order(rows));
    }

    /// <summary>Numbers per row.</summary>
    public int FeatureCount => Input.Channels;

    /// <summary>Bytes of the features of all rows.</summary>
    public long Bytes => (long)RowCount * FeatureCount * sizeof(float);

    internal Shards Shards { get; }

    /// <inheritdoc/>
    public override void ReadInputs(ReadOnlySpan<int> rows, Span<float> destination)
    {
        if (this.rows is null)
        {
            file.Read(rows, destination);
            return;
        }
        var chosen = new int[rows.Length];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = this.rows[rows[i]];
        file.Read(chosen, destination);
    }

    /// <summary>The given rows, in the given order, without copying features.</summary>
    public override StreamedTable Subset(ReadOnlySpan<int> rows)
    {
        var chosen = rows.ToArray();
        if (this.rows is not null)
            for (var i = 0; i < chosen.Length; i++) chosen[i] = this.rows[chosen[i]];
        return new StreamedTable(file, chosen, LabelsOf(rows), Shards.RowsPerShard, Shards.AtOnce) { KnownRight = KnownRightOf(rows) };
    }

    /// <summary>The table in memory, where one array holds it.</summary>
    /// <exception cref="InvalidOperationException">It is longer than an array.</exception>
    public TableData ToTable()
    {
        if ((long)RowCount * FeatureCount > Array.MaxLength)
            throw new InvalidOperationException($"{RowCount} rows of {FeatureCount} features do not fit one array of {Array.MaxLength} numbers; use fewer rows or features.");
        var features = new float[RowCount * FeatureCount];
        ReadAll((first, part) => part.CopyTo(features.AsSpan(first * FeatureCount)));
        return new TableData(features, FeatureCount, Labels) { KnownRight = KnownRight };
    }

    internal override StreamedTable WithLabels(IReadOnlyList<TaskLabels> labels) => new(file, rows, labels, Shards.RowsPerShard, Shards.AtOnce);

    internal override void AppendInputs(IncrementalHash hash) => ReadAll((_, part) => hash.Append<float>(part));

    internal override BatchOrder OrderOf(int batchSize, int seed) => new(RowCount, batchSize, seed, Shards);

    internal override string? OrderInWords => Shards.AreAllAtOnce ? null : FormattableString.Invariant($"shards of {Shards.RowsPerShard} rows, {Shards.AtOnce} at once (it follows from the memory)");

    // The order within a subset is no matter where batches are drawn from it, but reading a file back and forth is.
    internal override int[] InReadingOrder(int[] rows)
    {
        if (rows.Length <= (long)Shards.RowsPerShard * Shards.AtOnce) return rows;
        var places = Array.ConvertAll(rows, Shards.PlaceOf);
        Array.Sort(places);
        return Array.ConvertAll(places, Shards.RowAt);
    }

    internal override IBatches OpenBatches(BatchOptions options) => new StreamedBatches(this, options);

    /// <summary>Copies the features of the rows at some places of <see cref="Shards"/>.</summary>
    internal void ReadPlaces(int first, Span<float> destination)
    {
        if (rows is null)
        {
            file.Read(first, destination);
            return;
        }
        var chosen = new int[destination.Length / FeatureCount];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = rows[Shards.RowAt(first + i)];
        file.Read(chosen, destination);
    }

    private delegate void Use(int first, ReadOnlySpan<float> features);

    private void ReadAll(Use use)
    {
        var atOnce = Math.Clamp((4 << 20) / sizeof(float) / FeatureCount, 1, RowCount);
        var part = new float[atOnce * FeatureCount];
        for (var first = 0; first < RowCount; first += atOnce)
        {
            var numbers = Enumerable.Range(first, Math.Min(atOnce, RowCount - first)).ToArray();
            ReadInputs(numbers, part);
            use(first, part.AsSpan(0, numbers.Length * FeatureCount));
        }
    }

    private static int RowsPerShard(FeatureFile features, long memory) =>
        (int)Math.Clamp(Math.Min(memory / ShareAtOnce, MostBytesAtOnce) / ShardsAtOnce / sizeof(float) / features.FeatureCount, FewestRowsPerShard, int.MaxValue / ShardsAtOnce);

    private static bool IsAscending(int[] rows)
    {
        for (var i = 1; i < rows.Length; i++)
            if (rows[i] < rows[i - 1]) return false;
        return true;
    }

    private static int[] Order(int[] rows)
    {
        var (keys, order) = (rows.ToArray(), Enumerable.Range(0, rows.Length).ToArray());
        Array.Sort(keys, order);
        return order;
    }
}
