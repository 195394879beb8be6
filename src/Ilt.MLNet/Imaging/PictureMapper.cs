using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Binds pictures to the columns of some data.</summary>
internal sealed class PictureMapper : AddedColumnsMapper
{
    private readonly PictureSource source;
    private readonly DataViewSchema.Column paths;

    /// <exception cref="ArgumentOutOfRangeException">The column of paths is absent or no text.</exception>
    public PictureMapper(PictureSource source, DataViewSchema input)
        : base(input, [new DataViewSchema.DetachedColumn(source.OutputColumnName, PictureSource.ColumnType)])
    {
        this.source = source;
        paths = input.GetColumnOrNull(source.InputColumnName) ?? throw SchemaErrors.NotFound("input", source.InputColumnName, "inputSchema");
        if (paths.Type is not TextDataViewType)
            throw SchemaErrors.Mismatch("input", paths.Name, TextDataViewType.Instance.ToString()!, paths.Type.ToString()!, "inputSchema", "It holds the paths of the pictures");
    }

    protected override IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead)
    {
        if (activeAdded is [true]) yield return paths.Index;
    }

    internal override AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? view)
    {
        if (activeAdded is not [true]) return new AddedGetters(new Delegate?[activeAdded.Length]);
        var getPath = input.GetGetter<ReadOnlyMemory<char>>(paths);
        ReadOnlyMemory<char> name = default;
        return new AddedGetters([(ValueGetter<MLImage>)((ref MLImage value) =>
        {
            // As all image columns of ML.NET do: whoever asks hands back what he got before.
            value?.Dispose();
            value = null!;
            getPath(ref name);
            if (!name.Span.IsWhiteSpace()) value = Load(name.ToString(), input);
        })]);
    }

    private MLImage Load(string file, DataViewRow row)
    {
        try
        {
            return PictureReader.Load(string.IsNullOrWhiteSpace(source.Folder) ? file : Path.Combine(source.Folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new RowValueException(row.Position + 1, $"image column '{source.OutputColumnName}' cannot be read: {e.Message}", e);
        }
    }
}
