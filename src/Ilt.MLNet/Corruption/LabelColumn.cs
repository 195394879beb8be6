using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>The column whose labels are made wrong: reads it, and knows data again by it.</summary>
/// <param name="Task">Name and kind of the labels; the task's name is the column's.</param>
/// <param name="Binding">What the column holds.</param>
/// <param name="IdColumnName">The column that names rows, or null.</param>
internal sealed record LabelColumn(TaskColumn Task, TaskBinding Binding, string? IdColumnName)
{
    public string Name => Task.Name;

    /// <summary>Reads the whole column. A label image that cannot be read counts as missing: whoever uses the column is told.</summary>
    /// <param name="view">The data.</param>
    /// <param name="stores">Where label images go.</param>
    /// <exception cref="InvalidOperationException">A label of another kind is broken, or an id is empty.</exception>
    public LabelValues Read(IDataView view, PixelStores stores)
    {
        var (column, size) = (view.Schema[Name], SizeOf(view.Schema));
        var schema = Binding.Read(Task, view.Schema);
        DataViewSchema.Column[] columns = IdColumnName is null ? [column] : [column, view.Schema[IdColumnName]];
        using var cursor = RowCursors.Open(view, columns);
        var reader = Binding.CreateReader(cursor, schema, size, stores)!;
        var readId = IdColumnName is null ? null : IdReader.Create(cursor, view.Schema[IdColumnName]);
        var ids = readId is null ? null : new List<string>();
        for (var position = 1; cursor.MoveNext(); position++)
        {
            if (reader.Read() is not { } problem) reader.Keep();
            else if (Binding.IsPerPixel) reader.KeepMissing();
            else throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: {problem}."));
            ids?.Add(readId!() ?? throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: id column '{IdColumnName}' is empty; give every row an id.")));
        }
        return new LabelValues(reader.ToLabels(), Binding.Complete(schema, reader.HighestClass).Size, ids);
    }

    /// <summary>A hash of all labels: equal labels in equal order, and nothing else, give equal hashes.</summary>
    public byte[] Fingerprint(IDataView view)
    {
        using var stores = new PixelStores(MemoryBudget.DefaultBytes);
        return Binding.Fingerprint((this with { IdColumnName = null }).Read(view, stores).Labels);
    }

    /// <summary>The size of label images; 0 x 0 for other labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Label images without a size.</exception>
    public ImageSize SizeOf(DataViewSchema schema) => Binding.ImageSizeOf(schema[Name], "input");
}

/// <summary>The labels of a column.</summary>
/// <param name="Labels">One per row.</param>
/// <param name="Size">Number of classes, in masks the highest id plus 1 where it is not given; numbers per label otherwise.</param>
/// <param name="Ids">One per row, or null.</param>
internal sealed record LabelValues(TaskLabels Labels, int Size, IReadOnlyList<string>? Ids);
