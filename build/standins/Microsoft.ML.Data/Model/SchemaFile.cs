using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>
/// Writes and reads a schema with its annotations. Columns of types that cannot be written (images) are left out, and so are
/// hidden ones.
/// </summary>
internal static class SchemaFile
{
    private const byte Key = 100;
    private const byte Vector = 101;

    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        var columns = schema.Where(c => !c.IsHidden && CanWrite(c.Type)).ToArray();
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            var annotations = column.Annotations;
            var written = annotations.Schema.Where(a => CanWrite(a.Type)).ToArray();
            writer.Write(written.Length);
            foreach (var annotation in written)
            {
                writer.Write(annotation.Name);
                WriteType(writer, annotation.Type);
                Generic.Call<object>(WriteValue<int>, [DataKinds.ItemType(annotation.Type).RawType], writer, annotations, annotation);
            }
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var schema = new DataViewSchema.Builder();
        for (var columns = reader.ReadInt32(); columns > 0; columns--)
        {
            var name = reader.ReadString();
            var type = ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var kind = reader.ReadString();
                var valueType = ReadType(reader);
                annotations.Add(kind, valueType, Generic.Call<Delegate>(ReadValue<int>, [DataKinds.ItemType(valueType).RawType], reader, valueType));
            }
            schema.AddColumn(name, type, annotations.ToAnnotations());
        }
        return schema.ToSchema();
    }

    private static bool CanWrite(DataViewType type) => DataKinds.ItemType(type) is { } item && (item is KeyDataViewType || DataKinds.KindOf(item) is not null);

    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                Items.Write<int>(writer, vector.Dimensions.AsSpan());
                WriteType(writer, vector.ItemType);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                writer.Write(key.Count);
                WriteType(writer, DataKinds.NumberOf(key.RawType));
                break;
            default:
                writer.Write((byte)DataKinds.KindOf(type).Value);
                break;
        }
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        var code = reader.ReadByte();
        if (code == Vector)
        {
            var dimensions = Items.Read<int>(reader);
            return new VectorDataViewType((PrimitiveDataViewType)ReadType(reader), dimensions);
        }
        if (code == Key)
        {
            var count = reader.ReadUInt64();
            return new KeyDataViewType(ReadType(reader).RawType, count);
        }
        return DataKinds.TypeOf((DataKind)code);
    }

    private static object WriteValue<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is VectorDataViewType)
        {
            VBuffer<T> vector = default;
            annotations.GetValue(annotation.Name, ref vector);
            Items.Write<T>(writer, vector.DenseValues().ToArray());
            return null;
        }
        T value = default;
        annotations.GetValue(annotation.Name, ref value);
        Items.Write<T>(writer, new[] { value });
        return null;
    }

    private static Delegate ReadValue<T>(BinaryReader reader, DataViewType type)
    {
        var items = Items.Read<T>(reader);
        if (type is VectorDataViewType)
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => new VBuffer<T>(items.Length, items).CopyTo(ref value));
        return (ValueGetter<T>)((ref T value) => value = items[0]);
    }
}
