namespace Ilt.Detection;

/// <summary>Connected regions of a picture: pixels of equal key that touch along a side.</summary>
internal static class ConnectedRegions
{
    /// <summary>Finds them.</summary>
    /// <param name="keys">Key per pixel, row-major; negative keys belong to no region.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <returns>Per pixel the number of its region, -1 = none; and the pixels of each region. Regions are numbered by their first pixel.</returns>
    public static (int[] Labels, int[] Sizes) Find(int[] keys, int height, int width)
    {
        var labels = new int[height * width];
        Array.Fill(labels, -1);
        var sizes = new List<int>();
        var stack = new Stack<int>();
        for (var start = 0; start < labels.Length; start++)
        {
            if (keys[start] < 0 || labels[start] >= 0)
                continue;
            var region = sizes.Count;
            var size = 0;
            labels[start] = region;
            stack.Push(start);
            while (stack.TryPop(out var pixel))
            {
                size++;
                var x = pixel % width;
                Visit(pixel, pixel >= width ? pixel - width : pixel);
                Visit(pixel, pixel < labels.Length - width ? pixel + width : pixel);
                Visit(pixel, x > 0 ? pixel - 1 : pixel);
                Visit(pixel, x < width - 1 ? pixel + 1 : pixel);
            }

            sizes.Add(size);

            void Visit(int from, int neighbour)
            {
                if (labels[neighbour] >= 0 || keys[neighbour] != keys[from])
                    return;
                labels[neighbour] = region;
                stack.Push(neighbour);
            }
        }

        return (labels, [.. sizes]);
    }
}
