using Ilt.Detection;

namespace Ilt.Corruption;

public sealed partial record MaskCorruption
{
    private byte[]? PermuteClasses(ReadOnlySpan<byte> mask, int classCount, SeededGenerator generator)
    {
        var present = Present(mask, classCount);
        var classes = AmongAllClasses ? [.. Enumerable.Range(0, classCount)] : present;
        if (classes.Length < 2 || present.Length == 0)
            return null;
        var renamed = new byte[256];
        do
        {
            var order = RowChoice.Choose([.. classes], 1, generator);
            for (var id = 0; id < 256; id++)
                renamed[id] = (byte)id;
            for (var i = 0; i < classes.Length; i++)
                renamed[classes[i]] = (byte)order[i];
        }
        while (Array.TrueForAll(present, id => renamed[id] == id)); // draw again where the image's mask would stay as it is

        var changed = mask.ToArray();
        for (var pixel = 0; pixel < changed.Length; pixel++)
            if (changed[pixel] != IgnoreValue)
                changed[pixel] = renamed[changed[pixel]];
        return changed;
    }

    private byte[] Shift(ReadOnlySpan<byte> mask, int height, int width, SeededGenerator generator)
    {
        var down = Way(height, generator);
        var right = Way(width, generator);
        var changed = new byte[mask.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                changed[((y + down) % height * width) + ((x + right) % width)] = mask[(y * width) + x];
        return changed;
    }

    /// <summary>A way between half the longest one and all of it, in either direction, as a step forward from 0 to side - 1.</summary>
    private int Way(int side, SeededGenerator generator)
    {
        var way = Math.Max(1, (int)Math.Round(side * MaximumShift * (0.5 + (0.5 * generator.NextDouble()))));
        return (generator.NextInt(2) == 0 ? way : side - (way % side)) % side;
    }

    private byte[]? ChangeRegion(ReadOnlySpan<byte> mask, int height, int width, int classCount, SeededGenerator generator)
    {
        var keys = new int[mask.Length];
        var labelled = 0;
        for (var pixel = 0; pixel < keys.Length; pixel++)
        {
            var isLabelled = mask[pixel] != IgnoreValue;
            keys[pixel] = isLabelled ? mask[pixel] : -1;
            labelled += isLabelled ? 1 : 0;
        }

        var regions = ConnectedRegions.Find(keys, height, width);
        foreach (var region in Candidates(regions.Sizes, labelled, generator))
        {
            var old = (byte)keys[Array.IndexOf(regions.Labels, region)];
            var name = Kind == MaskCorruptionKind.DropRegion
                ? BorderClass(mask, regions.Labels, region, height, width)
                : OtherClass(old, mask, classCount, generator);
            if (name < 0)
                continue;
            var changed = mask.ToArray();
            for (var pixel = 0; pixel < changed.Length; pixel++)
                if (regions.Labels[pixel] == region)
                    changed[pixel] = (byte)name;
            return changed;
        }

        return null;
    }

    /// <summary>The regions of allowed size in random order; where there is none, the largest of those that are too small.</summary>
    private int[] Candidates(int[] sizes, int labelled, SeededGenerator generator)
    {
        var fitting = new List<int>();
        var largest = -1;
        for (var region = 0; region < sizes.Length; region++)
        {
            if (sizes[region] > MaximumRegion * labelled)
                continue;
            if (sizes[region] >= MinimumRegion * labelled)
                fitting.Add(region);
            else if (largest < 0 || sizes[region] > sizes[largest])
                largest = region;
        }

        return fitting.Count > 0 ? RowChoice.Choose(fitting, 1, generator) : largest < 0 ? [] : [largest];
    }

    /// <summary>The class found most often right beside the region, the smallest id where several are; -1 where it touches no labelled pixel.</summary>
    private int BorderClass(ReadOnlySpan<byte> mask, int[] labels, int region, int height, int width)
    {
        var counts = new int[256];
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            if (labels[pixel] != region)
                continue;
            var (y, x) = (pixel / width, pixel % width);
            Count(mask, labels, region, y > 0 ? pixel - width : -1, counts);
            Count(mask, labels, region, y < height - 1 ? pixel + width : -1, counts);
            Count(mask, labels, region, x > 0 ? pixel - 1 : -1, counts);
            Count(mask, labels, region, x < width - 1 ? pixel + 1 : -1, counts);
        }

        var best = 0;
        for (var id = 1; id < counts.Length; id++)
            if (counts[id] > counts[best])
                best = id;
        return counts[best] == 0 ? -1 : best;
    }

    private void Count(ReadOnlySpan<byte> mask, int[] labels, int region, int neighbour, int[] counts)
    {
        if (neighbour >= 0 && labels[neighbour] != region && mask[neighbour] != IgnoreValue)
            counts[mask[neighbour]]++;
    }

    private int OtherClass(byte old, ReadOnlySpan<byte> mask, int classCount, SeededGenerator generator)
    {
        int[] others = [.. (AmongAllClasses ? Enumerable.Range(0, classCount) : Present(mask, classCount)).Where(id => id != old && id != IgnoreValue)];
        return others.Length == 0 ? -1 : others[generator.NextInt(others.Length)];
    }

    private int[] Present(ReadOnlySpan<byte> mask, int classCount)
    {
        var isPresent = new bool[256];
        foreach (var id in mask)
            isPresent[id] = true;
        return [.. Enumerable.Range(0, classCount).Where(id => isPresent[id] && id != IgnoreValue)];
    }
}
