using System.Runtime.InteropServices;
using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Label images of which a known part is wrong.</summary>
internal static class CorruptedImages
{
    public static (TaskLabels Labels, bool[] Wrong) Masks(MaskCorruption corruption, MaskLabels masks, int classCount)
    {
        var changed = new Dictionary<int, byte[]>();
        var wrong = corruption.Corrupt(Labelled(masks), masks.Size.Height, masks.Size.Width, classCount, Read, (row, _, after) => changed[row] = after);
        var store = new PixelStore(masks.Pixels.BytesPerRow);
        for (var row = 0; row < masks.Count; row++) store.Append(changed.GetValueOrDefault(row) ?? Read(row));
        return (new MaskLabels(store, masks.Size), wrong);

        byte[] Read(int row)
        {
            var mask = new byte[masks.Pixels.BytesPerRow];
            masks.Read(row, mask);
            return mask;
        }
    }

    public static (TaskLabels Labels, bool[] Wrong) Maps(MapCorruption corruption, MapLabels maps)
    {
        var changed = new Dictionary<int, float[]>();
        var wrong = corruption.Corrupt(Labelled(maps), Read, (row, _, after) => changed[row] = after);
        var store = new PixelStore(maps.Pixels.BytesPerRow);
        for (var row = 0; row < maps.Count; row++) store.Append(MemoryMarshal.AsBytes((changed.GetValueOrDefault(row) ?? Read(row)).AsSpan()));
        return (new MapLabels(store, maps.Size), wrong);

        float[] Read(int row)
        {
            var map = new float[maps.Size.Height * maps.Size.Width];
            maps.Read(row, map);
            return map;
        }
    }

    /// <summary>The largest value of all maps.</summary>
    public static double Largest(MapLabels maps)
    {
        var map = new float[maps.Size.Height * maps.Size.Width];
        var largest = double.NegativeInfinity;
        for (var row = 0; row < maps.Count; row++)
        {
            maps.Read(row, map);
            foreach (var value in map)
                if (value > largest) largest = value;
        }
        return largest;
    }

    private static bool[] Labelled(TaskLabels labels) => [.. Enumerable.Range(0, labels.Count).Select(labels.IsLabelled)];
}
