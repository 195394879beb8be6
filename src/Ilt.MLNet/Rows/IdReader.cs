using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Reads a row's id as text, whatever the type of its column: 7, "7" and the key of "7" are one id.</summary>
internal static class IdReader
{
    /// <exception cref="ArgumentOutOfRangeException">The column is neither text, integer nor key.</exception>
    public static void Check(SchemaShape.Column column, string parameter)
    {
        var fits = column.Kind == SchemaShape.Column.VectorKind.Scalar
            && (column.IsKey || column.ItemType is TextDataViewType || (column.ItemType is NumberDataViewType && IsInteger(column.ItemType)));
        if (!fits)
            throw SchemaErrors.Mismatch("id", column.Name, "String, an integer or Key", SchemaShapes.Describe(column), parameter, ColumnAdvice.ForId(column));
    }

    /// <summary>A function that reads the current row's id; null where the row has none (empty text, key 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is neither text, integer nor key.</exception>
    public static Func<string?> Create(DataViewRow row, DataViewSchema.Column column)
    {
        var type = column.Type;
        if (type is TextDataViewType)
        {
            var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> text = default;
            return () =>
            {
                getter(ref text);
                return text.IsEmpty ? null : text.ToString();
            };
        }
        if (type is KeyDataViewType)
        {
            var key = KeyReader.Create(row, column);
            var names = KeyNames.Read(column);
            return () => key() is var value and > 0
                ? names?.Text(checked((int)(value - 1))) ?? value.ToString(CultureInfo.InvariantCulture)
                : null;
        }
        if (type is NumberDataViewType)
        {
            if (type.RawType == typeof(int)) return Integer<int>(row, column);
            if (type.RawType == typeof(long)) return Integer<long>(row, column);
            if (type.RawType == typeof(uint)) return Integer<uint>(row, column);
            if (type.RawType == typeof(ulong)) return Integer<ulong>(row, column);
            if (type.RawType == typeof(short)) return Integer<short>(row, column);
            if (type.RawType == typeof(ushort)) return Integer<ushort>(row, column);
            if (type.RawType == typeof(sbyte)) return Integer<sbyte>(row, column);
            if (type.RawType == typeof(byte)) return Integer<byte>(row, column);
        }
        throw SchemaErrors.Mismatch("id", column.Name, "String, an integer or Key", type.ToString()!, "input");
    }

    private static bool IsInteger(DataViewType type) => type.RawType != typeof(float) && type.RawType != typeof(double);

    private static Func<string?> Integer<T>(DataViewRow row, DataViewSchema.Column column) where T : struct, IFormattable
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return value.ToString(null, CultureInfo.InvariantCulture);
        };
    }
}
