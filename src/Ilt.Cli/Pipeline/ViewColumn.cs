using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>A column that a <see cref="TableDataView"/> shows to ML.NET.</summary>
internal abstract class ViewColumn
{
    private ViewColumn(string name, DataViewType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>Its name in the schema.</summary>
    public string Name { get; }

    /// <summary>Its type in the schema: single-precision number or text.</summary>
    public DataViewType Type { get; }

    /// <summary>A column of numbers by table row; <see cref="float.NaN"/> where missing.</summary>
    public static ViewColumn Numbers(string name, float[] values) => new Number(name, values);

    /// <summary>A column of texts by table row; empty where missing.</summary>
    public static ViewColumn Texts(string name, string[] values) => new Text(name, values);

    /// <summary>A <see cref="ValueGetter{TValue}"/> that reads the table row which <paramref name="row"/> answers.</summary>
    public abstract Delegate CreateGetter(Func<int> row);

    private sealed class Number(string name, float[] values) : ViewColumn(name, NumberDataViewType.Single)
    {
        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<float>)((ref float value) => value = values[row()]);
    }

    private sealed class Text(string name, string[] values) : ViewColumn(name, TextDataViewType.Instance)
    {
        public override Delegate CreateGetter(Func<int> row) =>
            (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = values[row()].AsMemory());
    }
}
