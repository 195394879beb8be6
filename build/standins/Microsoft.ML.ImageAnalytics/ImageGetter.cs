using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>A getter of pictures: it disposes the picture of the row before, and the last one with its row or cursor.</summary>
internal sealed class ImageGetter(Func<MLImage> make) : IDisposable
{
    private MLImage _given;

    /// <summary>A column of pictures that are made anew for each row.</summary>
    public static MappedColumn Column(string name, ImageDataViewType type, DataViewSchema.Column source, Func<DataViewRow, Func<MLImage>> make) =>
        new(name, type, null, [source], row => new ValueGetter<MLImage>(new ImageGetter(make(row)).Get)) { OwnedBy = getter => getter.Target as IDisposable };

    public void Get(ref MLImage value)
    {
        Dispose();
        value = _given = make();
    }

    public void Dispose()
    {
        _given?.Dispose();
        _given = null;
    }
}
