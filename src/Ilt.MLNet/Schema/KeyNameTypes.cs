using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The types a key's values may have in a model file. The codes are part of the file format: never reuse one.</summary>
internal abstract class KeyNameTypes(byte code, PrimitiveDataViewType itemType)
{
    private static readonly KeyNameTypes[] All =
    [
        new KeyNameType<ReadOnlyMemory<char>>(1, TextDataViewType.Instance, (w, v) => w.Write(v.ToString()), r => r.ReadString().AsMemory()),
        new KeyNameType<bool>(2, BooleanDataViewType.Instance, (w, v) => w.Write(v), r => r.ReadBoolean()),
        new KeyNameType<float>(3, NumberDataViewType.Single, (w, v) => w.Write(v), r => r.ReadSingle()),
        new KeyNameType<double>(4, NumberDataViewType.Double, (w, v) => w.Write(v), r => r.ReadDouble()),
        new KeyNameType<sbyte>(5, NumberDataViewType.SByte, (w, v) => w.Write(v), r => r.ReadSByte()),
        new KeyNameType<byte>(6, NumberDataViewType.Byte, (w, v) => w.Write(v), r => r.ReadByte()),
        new KeyNameType<short>(7, NumberDataViewType.Int16, (w, v) => w.Write(v), r => r.ReadInt16()),
        new KeyNameType<ushort>(8, NumberDataViewType.UInt16, (w, v) => w.Write(v), r => r.ReadUInt16()),
        new KeyNameType<int>(9, NumberDataViewType.Int32, (w, v) => w.Write(v), r => r.ReadInt32()),
        new KeyNameType<uint>(10, NumberDataViewType.UInt32, (w, v) => w.Write(v), r => r.ReadUInt32()),
        new KeyNameType<long>(11, NumberDataViewType.Int64, (w, v) => w.Write(v), r => r.ReadInt64()),
        new KeyNameType<ulong>(12, NumberDataViewType.UInt64, (w, v) => w.Write(v), r => r.ReadUInt64()),
    ];

    public byte Code => code;

    public PrimitiveDataViewType ItemType => itemType;

    public static KeyNameTypes? Find(DataViewType itemType) => Array.Find(All, t => t.ItemType.Equals(itemType));

    /// <summary>The names, in <paramref name="column"/>'s KeyValues annotation, whose item type is this one.</summary>
    public abstract KeyNames Read(DataViewSchema.Column column);

    /// <summary>Names of this type that only serve to promise a schema.</summary>
    public abstract KeyNames Placeholder();

    /// <summary>Writes names that may be null (code 0).</summary>
    public static void Save(BinaryWriter writer, KeyNames? names)
    {
        if (names is null)
        {
            writer.Write((byte)0);
            return;
        }
        var type = Find(names.ItemType)!;
        writer.Write(type.Code);
        writer.Write(names.Count);
        type.SaveValues(writer, names);
    }

    /// <exception cref="FormatException">The code is unknown.</exception>
    public static KeyNames? Load(BinaryReader reader)
    {
        var code = reader.ReadByte();
        if (code == 0) return null;
        var type = Array.Find(All, t => t.Code == code) ?? throw new FormatException($"The model file holds key values of the unknown type {code}; it is broken.");
        return type.LoadValues(reader, StateFormat.Count(reader));
    }

    protected abstract void SaveValues(BinaryWriter writer, KeyNames names);

    protected abstract KeyNames LoadValues(BinaryReader reader, int count);
}

internal sealed class KeyNameType<T>(byte code, PrimitiveDataViewType itemType, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
    : KeyNameTypes(code, itemType)
{
    public override KeyNames Read(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(KeyNames.Annotation, ref values);
        return new KeyNames<T>(ItemType, [.. values.DenseValues()]);
    }

    public override KeyNames Placeholder() => new KeyNames<T>(ItemType, new T[2]);

    protected override void SaveValues(BinaryWriter writer, KeyNames names)
    {
        foreach (var value in ((KeyNames<T>)names).Values) write(writer, value);
    }

    protected override KeyNames LoadValues(BinaryReader reader, int count)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = read(reader);
        return new KeyNames<T>(ItemType, values);
    }
}
