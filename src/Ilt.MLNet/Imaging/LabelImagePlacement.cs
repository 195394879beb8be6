using Ilt.Imaging;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>
/// Puts label images where <c>ResizeImages</c> puts the pictures they belong to, pixel by pixel from the nearest source pixel: class
/// ids must not be mixed, and mixing numbers would invent some at edges.
/// </summary>
internal static class LabelImagePlacement
{
    /// <param name="source">[from.Height, from.Width].</param>
    /// <param name="from">Size of the source.</param>
    /// <param name="target">[to.Height, to.Width]; overwritten.</param>
    /// <param name="to">Size of the result.</param>
    /// <param name="kind">Stretched; or scaled alike in both directions, and cropped or padded.</param>
    /// <param name="anchor">What a crop keeps.</param>
    /// <param name="outside">What padding holds.</param>
    public static void Draw<T>(
        ReadOnlySpan<T> source, ImageSize from, Span<T> target, ImageSize to, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor, T outside)
    {
        var (columns, rows) = Area(from, to, kind, anchor);
        target.Fill(outside);
        var nearest = new int[to.Width];
        for (var x = columns.First; x < columns.End; x++) nearest[x] = columns.Nearest(x, from.Width);
        for (var y = rows.First; y < rows.End; y++)
        {
            var line = source.Slice(rows.Nearest(y, from.Height) * from.Width, from.Width);
            var result = target.Slice(y * to.Width, to.Width);
            for (var x = columns.First; x < columns.End; x++) result[x] = line[nearest[x]];
        }
    }

    // The same single-precision arithmetic and truncation as ML.NET's, so that labels and pictures do not differ by a pixel.
    private static (Extent Columns, Extent Rows) Area(ImageSize from, ImageSize to, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor)
    {
        if (kind == ImageResizingEstimator.ResizingKind.Fill) return (new Extent(0, to.Width, to.Width), new Extent(0, to.Height, to.Height));
        var crop = kind == ImageResizingEstimator.ResizingKind.IsoCrop;
        var across = (float)to.Width / from.Width;
        var down = (float)to.Height / from.Height;
        var scale = down < across == crop ? across : down;
        var (left, top) = (0, 0);
        if (down < across == crop) top = Start(to.Height - (from.Height * scale), ImageResizingEstimator.Anchor.Top, ImageResizingEstimator.Anchor.Bottom);
        else left = Start(to.Width - (from.Width * scale), ImageResizingEstimator.Anchor.Left, ImageResizingEstimator.Anchor.Right);
        return (new Extent(left, (int)(from.Width * scale), to.Width), new Extent(top, (int)(from.Height * scale), to.Height));

        int Start(float room, ImageResizingEstimator.Anchor first, ImageResizingEstimator.Anchor last)
            => !crop ? (int)(room / 2) : anchor == first ? 0 : anchor == last ? (int)room : (int)(room / 2);
    }

    /// <summary>Where the source lies along one axis of the result; it may stick out.</summary>
    private readonly record struct Extent(int Start, int Length, int Room)
    {
        public int First => Math.Max(0, Start);

        public int End => Math.Min(Room, Start + Length);

        public int Nearest(int index, int from) => (int)(((2L * (index - Start)) + 1) * from / (2L * Length));
    }
}
