namespace Ilt.Imaging;

/// <summary>Pixels of an image that belong together, in runs along its rows.</summary>
/// <param name="Runs">First pixel and the one behind the last, as indices row by row.</param>
public sealed record MaskRegion(IReadOnlyList<(int Start, int End)> Runs)
{
    /// <summary>Number of pixels.</summary>
    public int Area { get; } = Runs.Sum(run => run.End - run.Start);

    /// <summary>
    /// The pixels whose centres lie within a polygon, by the even-odd rule; pixel (0, 0) covers the square from (0, 0) to (1, 1). What lies outside
    /// the image is cut off.
    /// </summary>
    /// <param name="points">x, y, x, y and so on: three corners or more.</param>
    /// <param name="size">The size of the image.</param>
    public static MaskRegion OfPolygon(IReadOnlyList<double> points, ImageSize size)
    {
        ArgumentNullException.ThrowIfNull(points);
        var runs = new List<(int, int)>();
        var crossings = new List<double>();
        var count = points.Count / 2;
        for (var row = 0; row < size.Height; row++)
        {
            crossings.Clear();
            var y = row + 0.5;
            for (var i = 0; i < count; i++)
            {
                var (x0, y0) = (points[2 * i], points[(2 * i) + 1]);
                var next = (i + 1) % count;
                var (x1, y1) = (points[2 * next], points[(2 * next) + 1]);
                // Half open, so that a corner counts once.
                if (y0 <= y != y1 <= y) crossings.Add(x0 + ((y - y0) / (y1 - y0) * (x1 - x0)));
            }
            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var first = (int)Math.Clamp(Math.Ceiling(crossings[i] - 0.5), 0, size.Width);
                var end = (int)Math.Clamp(Math.Ceiling(crossings[i + 1] - 0.5), 0, size.Width);
                if (first < end) runs.Add(((row * size.Width) + first, (row * size.Width) + end));
            }
        }
        return new MaskRegion(runs);
    }

    /// <summary>The pixels that are not 0.</summary>
    /// <param name="pixels">[height, width], row by row.</param>
    public static MaskRegion OfPixels(ReadOnlySpan<byte> pixels)
    {
        var runs = new List<(int, int)>();
        for (var i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] == 0) continue;
            var start = i;
            while (i < pixels.Length && pixels[i] != 0) i++;
            runs.Add((start, i));
        }
        return new MaskRegion(runs);
    }

    /// <summary>The pixels of all regions together.</summary>
    public static MaskRegion Union(IReadOnlyList<MaskRegion> regions, ImageSize size)
    {
        ArgumentNullException.ThrowIfNull(regions);
        if (regions.Count == 1) return regions[0];
        var pixels = new byte[size.PixelCount];
        foreach (var region in regions) region.Fill(pixels, 1);
        return OfPixels(pixels);
    }

    /// <summary>Puts a value into the region's pixels.</summary>
    public void Fill(Span<byte> pixels, byte value)
    {
        foreach (var (start, end) in Runs) pixels[start..end].Fill(value);
    }
}
