using System.Numerics;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads a number column of any type as <see cref="float"/>.</summary>
internal static class NumberReader
{
    public static Func<float> Create(DataViewRow row, DataViewSchema.Column column)
    {
        var raw = column.Type.RawType;
        if (raw == typeof(float)) return Of<float>(row, column);
        if (raw == typeof(double)) return Of<double>(row, column);
        if (raw == typeof(int)) return Of<int>(row, column);
        if (raw == typeof(long)) return Of<long>(row, column);
        if (raw == typeof(uint)) return Of<uint>(row, column);
        if (raw == typeof(ulong)) return Of<ulong>(row, column);
        if (raw == typeof(short)) return Of<short>(row, column);
        if (raw == typeof(ushort)) return Of<ushort>(row, column);
        if (raw == typeof(sbyte)) return Of<sbyte>(row, column);
        return Of<byte>(row, column);
    }

    private static Func<float> Of<T>(DataViewRow row, DataViewSchema.Column column) where T : struct, INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return float.CreateTruncating(value);
        };
    }
}
