namespace Ilt.Experiments;

/// <summary>Distances to the nearest pixel of another label: a per-pixel target that follows exactly from a mask.</summary>
internal static class DistanceMaps
{
    /// <summary>For each pixel the Euclidean distance to the nearest pixel with another label, in pixels; infinity where there is only one label.</summary>
    /// <param name="labels">[height, width].</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    public static float[] ToOtherLabel(ReadOnlySpan<int> labels, int height, int width)
    {
        var boxes = new Dictionary<int, (int Top, int Left, int Bottom, int Right)>();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var label = labels[y * width + x];
                boxes[label] = boxes.TryGetValue(label, out var box)
                    ? (box.Top, Math.Min(box.Left, x), y, Math.Max(box.Right, x))
                    : (y, x, y, x);
            }
        var result = new float[labels.Length];
        foreach (var (label, box) in boxes)
        {
            // One pixel around the box is enough: whatever lies farther out has a pixel of the frame, of another label too, on the way to it.
            var (top, left) = (Math.Max(0, box.Top - 1), Math.Max(0, box.Left - 1));
            var (rows, columns) = (Math.Min(height - 1, box.Bottom + 1) - top + 1, Math.Min(width - 1, box.Right + 1) - left + 1);
            var squares = new double[rows * columns];
            for (var y = 0; y < rows; y++)
                for (var x = 0; x < columns; x++)
                    squares[y * columns + x] = labels[(top + y) * width + left + x] == label ? double.PositiveInfinity : 0;
            for (var x = 0; x < columns; x++) LowerEnvelope(squares, x, columns, rows);
            for (var y = 0; y < rows; y++) LowerEnvelope(squares, y * columns, 1, columns);
            for (var y = 0; y < rows; y++)
                for (var x = 0; x < columns; x++)
                    if (labels[(top + y) * width + left + x] == label)
                        result[(top + y) * width + left + x] = (float)Math.Sqrt(squares[y * columns + x]);
        }
        return result;
    }

    // Felzenszwalb and Huttenlocher (2012): values[i] becomes the minimum over j of values[j] + (i - j)^2, by the lower envelope of the parabolas.
    private static void LowerEnvelope(double[] values, int start, int step, int count)
    {
        Span<int> roots = count <= 512 ? stackalloc int[count] : new int[count];
        Span<double> from = count <= 512 ? stackalloc double[count] : new double[count]; // where each parabola begins to be the lowest
        var parabolas = 0;
        for (var i = 0; i < count; i++)
        {
            var value = values[start + i * step];
            if (double.IsPositiveInfinity(value)) continue;
            var begin = double.NegativeInfinity;
            while (parabolas > 0)
            {
                var j = roots[parabolas - 1];
                begin = (value + (double)i * i - values[start + j * step] - (double)j * j) / (2.0 * (i - j));
                if (begin > from[parabolas - 1]) break;
                parabolas--;
                begin = double.NegativeInfinity;
            }
            (roots[parabolas], from[parabolas]) = (i, begin);
            parabolas++;
        }
        if (parabolas == 0) return;
        Span<double> lowest = count <= 512 ? stackalloc double[count] : new double[count];
        for (int i = 0, k = 0; i < count; i++)
        {
            while (k + 1 < parabolas && from[k + 1] < i) k++;
            lowest[i] = values[start + roots[k] * step] + (double)(i - roots[k]) * (i - roots[k]);
        }
        for (var i = 0; i < count; i++) values[start + i * step] = lowest[i];
    }
}
