using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Binds label images to the columns of some data. Data without the column of paths gets no column of label images.</summary>
internal sealed class LabelImageMapper : AddedColumnsMapper
{
    private readonly LabelImageSource source;
    private readonly DataViewSchema.Column? paths;

    /// <exception cref="ArgumentOutOfRangeException">The column of paths is no text.</exception>
    public LabelImageMapper(LabelImageSource source, DataViewSchema input)
        : base(input, input.GetColumnOrNull(source.InputColumnName) is null ? [] : [new DataViewSchema.DetachedColumn(source.OutputColumnName, source.ColumnType)])
    {
        this.source = source;
        paths = input.GetColumnOrNull(source.InputColumnName);
        if (paths is { Type: not TextDataViewType } column)
            throw SchemaErrors.Mismatch("input", column.Name, TextDataViewType.Instance.ToString()!, column.Type.ToString()!, "inputSchema", $"It holds the paths of the {source.Kind}s");
    }

    protected override IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead)
    {
        if (activeAdded is [true]) yield return paths!.Value.Index;
    }

    internal override AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? view)
    {
        if (activeAdded is not [true]) return new AddedGetters(new Delegate?[activeAdded.Length]);
        return new AddedGetters([source.Mask is { } mask
            ? Getter(input, path => LabelFiles.ReadMask(path, mask, PictureReader.Read) is var image ? (image.Size, image.Pixels) : default, MaskEncoding.Ignored)
            : Getter(input, path => LabelFiles.ReadMap(path, source.Map!) is var map ? (map.Size, map.Values) : default, float.NaN)]);
    }

    private ValueGetter<VBuffer<T>> Getter<T>(DataViewRow input, Func<string, (ImageSize Size, T[] Values)> read, T none)
    {
        var getPath = input.GetGetter<ReadOnlyMemory<char>>(paths!.Value);
        ReadOnlyMemory<char> name = default;
        return (ref VBuffer<T> value) =>
        {
            getPath(ref name);
            var editor = VBufferEditor.Create(ref value, source.Size.PixelCount);
            if (name.Span.IsWhiteSpace()) editor.Values.Fill(none);
            else Load(name.ToString(), editor.Values);
            value = editor.Commit();
        };

        void Load(string file, Span<T> values)
        {
            var path = string.IsNullOrWhiteSpace(source.Folder) ? file : Path.Combine(source.Folder, file);
            try
            {
                var (size, pixels) = read(path);
                if (size == source.Size) pixels.CopyTo(values);
                else if (source.Resizing is { } kind) LabelImagePlacement.Draw(pixels, size, values, source.Size, kind, source.CropAnchor, none);
                else throw new ImageFormatException(path, $"the {source.Kind} is {size} (height x width); {source.Size} was expected. Mend the file, or let {source.Kind}s be resized (resizing).");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
            {
                throw new RowValueException(input.Position + 1, $"column '{source.OutputColumnName}': {e.Message}", e);
            }
        }
    }
}
