using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>A class of masks that are drawn from annotations.</summary>
/// <param name="Id">Its number in the masks.</param>
/// <param name="Name">Its name.</param>
public sealed record AnnotatedClass(byte Id, string Name);

/// <summary>An image whose regions are annotated.</summary>
/// <param name="FileName">As the annotations have it.</param>
/// <param name="Size">Its size as the annotations have it.</param>
public sealed record AnnotatedImage(string FileName, ImageSize Size)
{
    // Region and number, in the order in which they are drawn.
    internal Func<IReadOnlyList<(MaskRegion Region, byte Id)>> Regions { get; init; } = () => [];

    /// <summary>The mask: 0 where nothing is annotated, 255 where a region means no label.</summary>
    /// <returns>The mask, and the pixels that regions of different classes claim; the one drawn last has them.</returns>
    /// <exception cref="ImageFormatException">A region is broken.</exception>
    public (ByteImage Mask, int Contested) Draw()
    {
        var pixels = new byte[Size.PixelCount];
        var contested = 0;
        foreach (var (region, id) in Regions())
        {
            foreach (var (start, end) in region.Runs)
                for (var i = start; i < end; i++)
                    if (pixels[i] != 0 && pixels[i] != id && pixels[i] != MaskEncoding.Ignored) contested++;
            region.Fill(pixels, id);
        }
        return (new ByteImage(Size.Height, Size.Width, 1, pixels), contested);
    }
}

/// <summary>Annotations of regions, which masks can be drawn from.</summary>
/// <param name="Classes">The classes by their numbers, the background with 0 first.</param>
/// <param name="Images">The images.</param>
/// <param name="Notes">What cannot be drawn, and how numbers were given, one sentence each.</param>
public sealed record AnnotationSet(IReadOnlyList<AnnotatedClass> Classes, IReadOnlyList<AnnotatedImage> Images, IReadOnlyList<string> Notes)
{
    internal const int MostClasses = 253;

    internal static AnnotatedClass Background { get; } = new(0, "background");
}
