using System.Numerics;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads the raw value of a key column of any width: 0 = missing, otherwise counted from 1.</summary>
internal static class KeyReader
{
    public static Func<ulong> Create(DataViewRow row, DataViewSchema.Column column)
    {
        var raw = column.Type.RawType;
        if (raw == typeof(uint)) return Of<uint>(row, column);
        if (raw == typeof(byte)) return Of<byte>(row, column);
        if (raw == typeof(ushort)) return Of<ushort>(row, column);
        return Of<ulong>(row, column);
    }

    private static Func<ulong> Of<T>(DataViewRow row, DataViewSchema.Column column) where T : struct, INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return ulong.CreateTruncating(value);
        };
    }
}
