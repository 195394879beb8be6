using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The column whose labels are made wrong: reads it, and knows data again by it.</summary>
/// <param name="Task">Name and kind of the labels; the task's name is the column's.</param>
/// <param name="Kind">What the column holds.</param>
/// <param name="IdColumnName">The column that names rows, or null.</param>
internal sealed record LabelColumn(TaskColumn Task, LabelKind Kind, string? IdColumnName)
{
    public string Name => Task.Name;

    /// <summary>Reads the whole column. A label image that cannot be read counts as missing: whoever uses the column is told.</summary>
    /// <param name="view">The data.</param>
    /// <param name="stores">Where label images go.</param>
    /// <exception cref="InvalidOperationException">A label of another kind is broken, or an id is empty.</exception>
    public LabelValues Read(IDataView view, PixelStores stores)
    {
        var (column, size) = (view.Schema[Name], SizeOf(view.Schema));
        var schema = TaskSchema.Read(Task, Kind, column);
        DataViewSchema.Column[] columns = IdColumnName is null ? [column] : [column, view.Schema[IdColumnName]];
        using var cursor = RowCursors.Open(view, columns);
        var reader = LabelReader.Create(cursor, schema, size, stores);
        var readId = IdColumnName is null ? null : IdReader.Create(cursor, view.Schema[IdColumnName]);
        var ids = readId is null ? null : new List<string>();
        for (var position = 1; cursor.MoveNext(); position++)
        {
            if (reader.Read() is not { } problem) reader.Keep();
            else if (Task.IsPerPixel) reader.KeepMissing();
            else throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: {problem}."));
            ids?.Add(readId!() ?? throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: id column '{IdColumnName}' is empty; give every row an id.")));
        }
        return new LabelValues(reader.ToLabels(), schema.Size > 0 ? schema.Size : Math.Max(2, reader.HighestClass + 1), ids);
    }

    /// <summary>A hash of all labels: equal labels in equal order, and nothing else, give equal hashes.</summary>
    public byte[] Fingerprint(IDataView view)
    {
        using var stores = new PixelStores(MemoryBudget.DefaultBytes);
        return Fingerprint((this with { IdColumnName = null }).Read(view, stores).Labels);
    }

    /// <summary>A hash of all labels: equal labels in equal order, and nothing else, give equal hashes.</summary>
    public static byte[] Fingerprint(TaskLabels labels)
    {
        if (labels is ClassLabels classes) return SHA256.HashData(MemoryMarshal.AsBytes(classes.Classes));
        if (labels is NumberLabels numbers) return SHA256.HashData(MemoryMarshal.AsBytes(numbers.Values));
        var store = ((PixelLabels)labels).Pixels;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[store.BytesPerRow];
        for (var row = 0; row < store.Count; row++)
        {
            store.Read(row, pixels);
            hash.AppendData(pixels);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>The size of label images; 0 x 0 for other labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Label images without a size.</exception>
    public ImageSize SizeOf(DataViewSchema schema)
    {
        if (!Task.IsPerPixel) return default;
        return schema[Name].Type is VectorDataViewType { Dimensions: [> 0 and var h, > 0 and var w] }
            ? new ImageSize(h, w)
            : throw SchemaErrors.Mismatch("label", Name, LabelKinds.Expected(Task.Kind), schema[Name].Type.ToString()!, "input", ColumnAdvice.ForLabelImage(Task.Kind));
    }
}

/// <summary>The labels of a column.</summary>
/// <param name="Labels">One per row.</param>
/// <param name="Size">Number of classes, in masks the highest id plus 1 where it is not given; numbers per label otherwise.</param>
/// <param name="Ids">One per row, or null.</param>
internal sealed record LabelValues(TaskLabels Labels, int Size, IReadOnlyList<string>? Ids);
