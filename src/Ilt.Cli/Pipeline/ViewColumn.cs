using Ilt.Imaging;
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

    /// <summary>Its type in the schema: single-precision number, text, or the bytes of an image.</summary>
    public DataViewType Type { get; }

    /// <summary>A column of numbers by table row; <see cref="float.NaN"/> where missing.</summary>
    public static ViewColumn Numbers(string name, float[] values) => new Number(name, values);

    /// <summary>A column of texts by table row; empty where missing.</summary>
    public static ViewColumn Texts(string name, IReadOnlyList<string> values) => new Text(name, values, null);

    /// <summary>A column of paths by table row; <paramref name="onRead"/> is called whenever one is asked for, that is, when a file is read.</summary>
    public static ViewColumn Paths(string name, string[] values, Action? onRead) => new Text(name, values, onRead);

    /// <summary>A column of images by table row, made when they are asked for: [height, width, channels] bytes.</summary>
    public static ViewColumn Pixels(string name, ImageSize size, int channels, Func<int, byte[]> read) => new Image(name, size, channels, read);

    /// <summary>A <see cref="ValueGetter{TValue}"/> that reads the table row which <paramref name="row"/> answers.</summary>
    public abstract Delegate CreateGetter(Func<int> row);

    private sealed class Number(string name, float[] values) : ViewColumn(name, NumberDataViewType.Single)
    {
        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<float>)((ref float value) => value = values[row()]);
    }

    private sealed class Text(string name, IReadOnlyList<string> values, Action? onRead) : ViewColumn(name, TextDataViewType.Instance)
    {
        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
        {
            value = values[row()].AsMemory();
            onRead?.Invoke();
        });
    }

    private sealed class Image(string name, ImageSize size, int channels, Func<int, byte[]> read)
        : ViewColumn(name, new VectorDataViewType(NumberDataViewType.Byte, size.Height, size.Width, channels))
    {
        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) =>
        {
            var pixels = read(row());
            var editor = VBufferEditor.Create(ref value, pixels.Length);
            pixels.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }
}
