namespace Microsoft.ML.Data;

/// <summary>Finds, checks and reads the columns of an evaluation.</summary>
internal static class EvaluationInput
{
    public static DataViewSchema.Column Find(IDataView data, string role, string name)
    {
        Check.NotNull(data, nameof(data));
        Check.NotEmpty(name, role + "ColumnName");
        return Columns.Find(data.Schema, name, role, "schema");
    }

    /// <summary>The column, which must have one of the types.</summary>
    public static DataViewSchema.Column Find(IDataView data, string role, string name, string expected, Func<DataViewType, bool> fits)
    {
        var column = Find(data, role, name);
        return fits(column.Type) ? column : throw Columns.Mismatch(name, role, expected, column.Type.ToString(), "schema");
    }

    public static DataViewSchema.Column FindScore(IDataView data, string name) => Find(data, "score", name, "Single", type => type == NumberDataViewType.Single);

    /// <summary>Pairs of label and score, row by row; rows without a label or with a score that is no number are left out.</summary>
    public static IEnumerable<(float Label, float Score)> Pairs(IDataView data, DataViewSchema.Column label, DataViewSchema.Column score)
    {
        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = Label(cursor, label);
        var getScore = cursor.GetGetter<float>(score);
        float actual = 0, predicted = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScore(ref predicted);
            if (!float.IsNaN(actual) && float.IsFinite(predicted))
                yield return (actual, predicted);
        }
    }

    /// <summary>The label as a number: a key counts from 0, and what is missing is NaN.</summary>
    public static ValueGetter<float> Label(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType)
            return Mapped<uint>(row, column, key => key == 0 ? float.NaN : key - 1);
        return column.Type is BooleanDataViewType ? Mapped<bool>(row, column, flag => flag ? 1 : 0) : row.GetGetter<float>(column);
    }

    private static ValueGetter<float> Mapped<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> map)
    {
        var get = row.GetGetter<T>(column);
        T raw = default;
        return (ref float value) =>
        {
            get(ref raw);
            value = map(raw);
        };
    }
}
