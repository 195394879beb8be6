namespace Microsoft.ML.Data;

/// <summary>Finds and checks the columns an evaluation reads.</summary>
internal static class EvaluationInput
{
    public static DataViewSchema.Column Find(IDataView data, string role, string name)
    {
        Check.NotNull(data, nameof(data));
        Check.NotEmpty(name, role + "ColumnName");
        return data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException("schema", $"Could not find {role} column '{name}'");
    }

    public static Exception Mismatch(string role, DataViewSchema.Column column, string expected) =>
        new ArgumentOutOfRangeException("schema", $"Schema mismatch for {role} column '{column.Name}': expected {expected}, got {column.Type}");

    /// <summary>The label as a number: a key counts from 0, and what is missing is NaN.</summary>
    public static ValueGetter<float> Label(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType key)
            return key.RawType == typeof(uint) ? FromKey<uint>(row, column, x => x) : key.RawType == typeof(ulong) ? FromKey<ulong>(row, column, x => x)
                : key.RawType == typeof(ushort) ? FromKey<ushort>(row, column, x => x) : FromKey<byte>(row, column, x => x);
        if (column.Type is BooleanDataViewType)
        {
            var get = row.GetGetter<bool>(column);
            var flag = false;
            return (ref float value) =>
            {
                get(ref flag);
                value = flag ? 1 : 0;
            };
        }
        if (column.Type == NumberDataViewType.Double)
        {
            var get = row.GetGetter<double>(column);
            double number = 0;
            return (ref float value) =>
            {
                get(ref number);
                value = (float)number;
            };
        }
        return row.GetGetter<float>(column);
    }

    private static ValueGetter<float> FromKey<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
    {
        var get = row.GetGetter<T>(column);
        T key = default;
        return (ref float value) =>
        {
            get(ref key);
            var raw = widen(key);
            value = raw == 0 ? float.NaN : raw - 1;
        };
    }
}
