using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>Street scenes with a class per pixel.</summary>
/// <param name="Size">96 x 128.</param>
/// <param name="Ids">[Count], names of the images; the part before the first underscore is the drive.</param>
/// <param name="Images">[Count, 96, 128, 3].</param>
/// <param name="Masks">[Count, 96, 128], class 0 .. 10, 255 unlabelled.</param>
/// <param name="Distances">
/// [Count, 96, 128], distance to the nearest pixel of another class, clipped at 16 pixels and divided by 16; NaN where unlabelled.
/// </param>
internal sealed record CamVidSet(ImageSize Size, string[] Ids, byte[] Images, byte[] Masks, float[] Distances)
{
    public static readonly string[] ClassNames = ["sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian", "bicyclist"];

    public int Count => Ids.Length;
}

/// <summary>Reads CamVid (Brostow, Fauqueur and Cipolla, 2009), reduced to 128 x 96.</summary>
internal static class CamVidFiles
{
    private const int Height = 96, Width = 128, Pixels = Height * Width;
    private const float FarthestDistance = 16;

    /// <param name="folder">Holds train/ and val/, each with image/ and label/.</param>
    public static (CamVidSet Train, CamVidSet Validation) Load(string folder)
    {
        return (LoadSplit(Path.Combine(folder, "train")), LoadSplit(Path.Combine(folder, "val")));
    }

    private static CamVidSet LoadSplit(string folder)
    {
        string[] ids = [.. Directory.EnumerateFiles(Path.Combine(folder, "image"), "*.png").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        var set = new CamVidSet(new ImageSize(Height, Width), ids, new byte[ids.Length * Pixels * 3], new byte[ids.Length * Pixels], new float[ids.Length * Pixels]);
        var encoding = new MaskEncoding { IgnoreValue = CamVidSet.ClassNames.Length, ClassCount = CamVidSet.ClassNames.Length };
        Parallel.For(0, ids.Length, i =>
        {
            var file = ids[i] + ".png";
            PngImage.ReadImage(Path.Combine(folder, "image", file), channels: 3).Pixels.CopyTo(set.Images, i * Pixels * 3);
            var mask = LabelPng.ReadMask(Path.Combine(folder, "label", file), encoding).Pixels;
            mask.CopyTo(set.Masks, i * Pixels);
            var distances = DistanceMaps.ToOtherLabel(Array.ConvertAll(mask, v => (int)v), Height, Width);
            for (var p = 0; p < Pixels; p++)
                set.Distances[i * Pixels + p] = mask[p] == MaskEncoding.Ignored ? float.NaN : Math.Min(distances[p], FarthestDistance) / FarthestDistance;
        });
        return set;
    }
}
