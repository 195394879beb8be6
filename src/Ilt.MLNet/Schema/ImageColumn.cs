using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>How the pixels of an image column lie. The numbers are part of the file format.</summary>
internal enum ImageLayout
{
    /// <summary>Values of type <see cref="MLImage"/>.</summary>
    Picture = 0,

    /// <summary>A vector [C, H, W]: plane after plane.</summary>
    Planar = 1,

    /// <summary>A vector [H, W, C]: pixel after pixel.</summary>
    Interleaved = 2,
}

/// <summary>The column of images. A size of 0 x 0 is not known yet: the first image tells it.</summary>
internal sealed record ImageColumn(string Name, ImageLayout Layout, ImageSize Size, int Channels)
{
    private const string Expected = "Image, or Vector<Single> or Vector<Byte> with the dimensions [C, H, W] or [H, W, C] and 1 or 3 channels";
    private const int PictureChannels = 3; // ML.NET decodes gray files to colours too

    public bool IsSizeKnown => Size.Height > 0;

    /// <summary>Bytes of one image.</summary>
    public int ByteCount => Size.PixelCount * Channels;

    /// <summary>Checks what a shape tells: no dimensions.</summary>
    public static void Check(SchemaShape.Column column, string parameter)
    {
        var fits = column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => column.ItemType is ImageDataViewType,
            SchemaShape.Column.VectorKind.Vector => !column.IsKey && (column.ItemType.Equals(NumberDataViewType.Single) || column.ItemType.Equals(NumberDataViewType.Byte)),
            _ => false,
        };
        if (!fits) throw SchemaErrors.Mismatch("image", column.Name, Expected, SchemaShapes.Describe(column), parameter, ColumnAdvice.ForImages(column));
    }

    /// <exception cref="ArgumentOutOfRangeException">The type is none of images, or tells no size of a vector.</exception>
    public static ImageColumn Read(DataViewSchema.Column column, string parameter)
    {
        if (column.Type is ImageDataViewType image)
            return new ImageColumn(column.Name, ImageLayout.Picture, new ImageSize(image.Height, image.Width), PictureChannels);
        if (column.Type is VectorDataViewType { IsKnownSize: true } vector && HoldsPixels(vector))
            switch (vector.Dimensions)
            {
                case [1 or 3, var h, var w]: return new ImageColumn(column.Name, ImageLayout.Planar, new ImageSize(h, w), vector.Dimensions[0]);
                case [var h, var w, 1 or 3]: return new ImageColumn(column.Name, ImageLayout.Interleaved, new ImageSize(h, w), vector.Dimensions[2]);
            }
        throw SchemaErrors.Mismatch("image", column.Name, Expected, column.Type.ToString()!, parameter, ColumnAdvice.ForImages(SchemaShapes.Of(column)));
    }

    /// <summary>Finds this column in other data than it was fitted on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is absent, or of another type or size.</exception>
    public DataViewSchema.Column Require(DataViewSchema schema, string parameter)
    {
        var column = schema.GetColumnOrNull(Name) ?? throw SchemaErrors.NotFound("image", Name, parameter);
        var found = Read(column, parameter);
        // Single images of unknown size are measured when they are read.
        if ((found.IsSizeKnown && IsSizeKnown && found.Size != Size) || found.Channels != Channels)
            throw SchemaErrors.Mismatch("image", Name, FormattableString.Invariant($"images of {Size} (height x width) and {Channels} channel(s)"), column.Type.ToString()!, parameter,
                "The model was trained on images of that size; resize with mlContext.Transforms.ResizeImages");
        return column;
    }

    private static bool HoldsPixels(VectorDataViewType vector)
        => vector.ItemType.Equals(NumberDataViewType.Single) || vector.ItemType.Equals(NumberDataViewType.Byte);
}
