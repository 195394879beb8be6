using System.Globalization;
using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>Microscope images of nuclei, with masks as first released and, where they were changed later, as corrected.</summary>
/// <param name="Size">128 x 128.</param>
/// <param name="Ids">[Count], names of the images.</param>
/// <param name="Images">[Count, 128, 128, 3]; gray images have three equal channels.</param>
/// <param name="Masks">[Count, 128, 128], as first released: 1 nucleus, 0 background.</param>
/// <param name="Distances">
/// [Count, 128, 128]: distance of a nucleus pixel to the border of its nucleus, divided by that nucleus' largest distance; 0 in the background.
/// </param>
/// <param name="LogCounts">[Count], log(1 + number of nuclei), as first released.</param>
/// <param name="Types">[Count], kind of image: 0 fluorescence, 1 histology_color, 2 brightfield_gray.</param>
/// <param name="CorrectedMasks">[Count], the corrected mask of an image whose mask was changed; null elsewhere.</param>
/// <param name="Removed">[Count], whether the image was later taken out because its mask was beyond repair.</param>
internal sealed record NucleiSet(
    ImageSize Size, string[] Ids, byte[] Images, byte[] Masks, float[] Distances, float[] LogCounts, int[] Types, byte[]?[] CorrectedMasks, bool[] Removed)
{
    public static readonly string[] TypeNames = ["fluorescence", "histology_color", "brightfield_gray"];

    public int Count => Ids.Length;
}

/// <summary>Reads the images of the Data Science Bowl 2018 (stage 1), reduced to 128 x 128.</summary>
internal static class NucleiFiles
{
    private const int Side = 128, Pixels = Side * Side;

    /// <param name="folder">Holds index.csv, images/, masks_original/ and masks_fixed/.</param>
    public static (NucleiSet Train, NucleiSet Validation) Load(string folder)
    {
        var rows = ReadIndex(Path.Combine(folder, "index.csv"));
        return (LoadSplit(folder, [.. rows.Where(r => r["split"] == "train")]), LoadSplit(folder, [.. rows.Where(r => r["split"] == "val")]));
    }

    private static NucleiSet LoadSplit(string folder, Dictionary<string, string>[] rows)
    {
        var set = new NucleiSet(new ImageSize(Side, Side), [.. rows.Select(r => r["id"])], new byte[rows.Length * Pixels * 3], new byte[rows.Length * Pixels],
            new float[rows.Length * Pixels], new float[rows.Length], new int[rows.Length], new byte[rows.Length][], new bool[rows.Length]);
        Parallel.For(0, rows.Length, i =>
        {
            var row = rows[i];
            var file = row["id"] + ".png";
            PngImage.ReadImage(Path.Combine(folder, "images", file), channels: 3).Pixels.CopyTo(set.Images, i * Pixels * 3);
            var instances = LabelPng.Read(Path.Combine(folder, "masks_original", file)).Values;
            for (var p = 0; p < Pixels; p++) set.Masks[i * Pixels + p] = (byte)(instances[p] > 0 ? 1 : 0);
            Distances(Array.ConvertAll(instances, v => (int)v)).CopyTo(set.Distances, i * Pixels);
            set.LogCounts[i] = MathF.Log(1 + int.Parse(row["count_original"], CultureInfo.InvariantCulture));
            set.Types[i] = Array.IndexOf(NucleiSet.TypeNames, row["image_type"]);
            if (set.Types[i] < 0) throw new FormatException($"{folder}: image {row["id"]} has the type '{row["image_type"]}'; expected {string.Join(", ", NucleiSet.TypeNames)}.");
            if (row["status"] == "fixed")
                set.CorrectedMasks[i] = LabelPng.ReadMask(Path.Combine(folder, "masks_fixed", file), new MaskEncoding { InstanceIds = true }).Pixels;
            set.Removed[i] = row["status"] == "removed";
        });
        return set;
    }

    private static float[] Distances(int[] instances)
    {
        var distances = DistanceMaps.ToOtherLabel(instances, Side, Side);
        var largest = new Dictionary<int, float>();
        for (var p = 0; p < Pixels; p++) largest[instances[p]] = Math.Max(largest.GetValueOrDefault(instances[p]), distances[p]);
        for (var p = 0; p < Pixels; p++) distances[p] = instances[p] == 0 ? 0 : distances[p] / largest[instances[p]];
        return distances;
    }

    private static List<Dictionary<string, string>> ReadIndex(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => names.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
