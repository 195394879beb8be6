using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The values behind a key column: what its KeyValues annotation holds, in its own type.</summary>
internal abstract class KeyNames
{
    public const string Annotation = "KeyValues";

    public abstract PrimitiveDataViewType ItemType { get; }

    public abstract int Count { get; }

    public abstract string Text(int index);

    /// <summary>Adds these values as a vector annotation.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string name);

    /// <summary>The names of a key column; null where it has none, or values of a type that no file of ours can hold.</summary>
    public static KeyNames? Read(DataViewSchema.Column column)
    {
        var annotation = column.Annotations.Schema.GetColumnOrNull(Annotation);
        if (annotation?.Type is not VectorDataViewType { IsKnownSize: true } vector) return null;
        if (column.Type is not KeyDataViewType key || key.Count != (ulong)vector.Size) return null;
        return KeyNameTypes.Find(vector.ItemType)?.Read(column);
    }

    public static IReadOnlyList<string>? ReadSlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    public static KeyNames FromText(IReadOnlyList<string> names)
        => new KeyNames<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. names.Select(n => n.AsMemory())]);
}

internal sealed class KeyNames<T>(PrimitiveDataViewType itemType, T[] values) : KeyNames
{
    public T[] Values => values;

    public override PrimitiveDataViewType ItemType => itemType;

    public override int Count => values.Length;

    public override string Text(int index) => Convert.ToString(values[index], CultureInfo.InvariantCulture) ?? "";

    public override void AddTo(DataViewSchema.Annotations.Builder builder, string name)
        => builder.Add<VBuffer<T>>(name, new VectorDataViewType(itemType, values.Length), Copy);

    private void Copy(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, values.Length);
        values.CopyTo(editor.Values);
        destination = editor.Commit();
    }
}
