namespace Microsoft.ML.Transforms.Image;

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct Area(int X, int Y, int Width, int Height);

/// <summary>Draws a picture of four bytes a pixel, scaled, on a black one.</summary>
internal static class Resampling
{
    /// <param name="source">The picture.</param>
    /// <param name="sourceWidth">Its width.</param>
    /// <param name="sourceHeight">Its height.</param>
    /// <param name="target">Where it goes; what sticks out is cut off.</param>
    /// <param name="width">Width of the result.</param>
    /// <param name="height">Height of the result.</param>
    /// <param name="smooth">True: neighbours are mixed (linearly; averaged where the picture shrinks). False: the nearest pixel is taken.</param>
    public static byte[] Draw(ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, Area target, int width, int height, bool smooth)
    {
        var columns = Taps(sourceWidth, target.X, target.Width, width, smooth);
        var rows = Taps(sourceHeight, target.Y, target.Height, height, smooth);
        var result = new byte[width * height * 4];
        for (var at = 3; at < result.Length; at += 4)
            result[at] = 255;
        var line = new float[sourceWidth * 4];
        for (var y = 0; y < height; y++)
        {
            if (rows[y] is not { } row)
                continue;
            Array.Clear(line);
            for (var i = 0; i < row.Weights.Length; i++)
            {
                var pixels = source.Slice((row.First + i) * sourceWidth * 4, line.Length);
                for (var j = 0; j < line.Length; j++)
                    line[j] += row.Weights[i] * pixels[j];
            }
            for (var x = 0; x < width; x++)
            {
                if (columns[x] is not { } column)
                    continue;
                for (var c = 0; c < 4; c++)
                {
                    var sum = 0f;
                    for (var i = 0; i < column.Weights.Length; i++)
                        sum += column.Weights[i] * line[(column.First + i) * 4 + c];
                    result[(y * width + x) * 4 + c] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
                }
            }
        }
        return result;
    }

    /// <summary>For each place of the result: which source places it is mixed of, and how much of each; null where nothing is drawn.</summary>
    private static Tap[] Taps(int source, int start, int length, int result, bool smooth)
    {
        var taps = new Tap[result];
        var scale = (double)source / length;
        // Linear interpolation where the picture grows, a tent as wide as two steps where it shrinks.
        var reach = Math.Max(1, scale);
        for (var i = Math.Max(0, start); i < Math.Min(result, start + length); i++)
        {
            var centre = (i - start + 0.5) * scale;
            if (!smooth)
            {
                taps[i] = new Tap(Math.Min((int)centre, source - 1), [1]);
                continue;
            }
            var first = Math.Max(0, (int)Math.Ceiling(centre - reach - 0.5));
            var last = Math.Min(source - 1, (int)Math.Floor(centre + reach - 0.5));
            var weights = Enumerable.Range(first, last - first + 1).Select(s => (float)Math.Max(0, 1 - Math.Abs(s + 0.5 - centre) / reach)).ToArray();
            var sum = weights.Sum();
            taps[i] = new Tap(first, Array.ConvertAll(weights, w => w / sum));
        }
        return taps;
    }

    private sealed record Tap(int First, float[] Weights);
}
