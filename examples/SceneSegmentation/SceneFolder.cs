using System.Globalization;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Examples.SceneSegmentation;

/// <summary>Generated street scenes as the files people have: images and masks as PNG, depth as 16-bit PNG, and a table that names them.</summary>
internal static class SceneFolder
{
    /// <summary>How the 16-bit numbers become inverse depths in 1/m; 0 where the depth is not known, as in the sky.</summary>
    public static MapEncoding Depth { get; } = new() { Scale = 1e-5, Invalid = 0 };

    /// <summary>Writes some scenes of the series and their table.</summary>
    public static void Write(string folder, string table, int first, int count, int size)
    {
        var scenes = new SceneGenerator(new SceneOptions { Height = size, Width = size, SkyIsInvalid = true });
        foreach (var kind in (string[])["images", "masks", "depth"])
            Directory.CreateDirectory(Path.Combine(folder, kind));
        var lines = new string[count];
        Parallel.For(0, count, i =>
        {
            var scene = scenes.Generate(first + i);
            var id = string.Create(CultureInfo.InvariantCulture, $"scene{first + i:0000}");
            PngWriter.Write(Path.Combine(folder, "images", $"{id}.png"), scene.Image);
            PngWriter.Write(Path.Combine(folder, "masks", $"{id}.png"), scene.Mask);
            PngWriter.WriteGray16(Path.Combine(folder, "depth", $"{id}.png"), size, size, Array.ConvertAll(scene.InverseDepth.Values, Encode));
            lines[i] = $"{id},images/{id}.png,masks/{id}.png,depth/{id}.png";
        });
        File.WriteAllLines(Path.Combine(folder, table), ["Id,ImagePath,MaskPath,DepthPath", .. lines]);
    }

    private static ushort Encode(float inverseDepth) => float.IsNaN(inverseDepth) ? (ushort)0 : (ushort)Math.Clamp(Math.Round(inverseDepth / Depth.Scale), 1, ushort.MaxValue);
}
