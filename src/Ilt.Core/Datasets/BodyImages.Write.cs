using System.Globalization;
using System.Text;
using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

public static partial class BodyImages
{
    /// <summary>Writes generated pictures: scenes 0 .. train - 1 as the split train, the next ones as val.</summary>
    /// <param name="root">The folder; made where it is missing, files in it are overwritten.</param>
    /// <param name="generator">Where the pictures come from. Its body model has ten shape coefficients.</param>
    /// <param name="trainCount">Pictures of the split train.</param>
    /// <param name="valCount">Pictures of the split val.</param>
    public static void Write(string root, BodyGenerator generator, int trainCount, int valCount)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(valCount);
        foreach (var folder in (string[])["rgb", "segm", "depth"]) Directory.CreateDirectory(Path.Combine(root, folder));
        var lines = new string[checked(trainCount + valCount)];
        Parallel.For(0, lines.Length, index =>
        {
            var scene = generator.Generate(index);
            var id = index.ToString("0000", CultureInfo.InvariantCulture);
            PngWriter.Write(Path.Combine(root, "rgb", id + ".png"), scene.Image);
            PngWriter.Write(Path.Combine(root, "segm", id + ".png"), scene.Mask);
            PngWriter.WriteGray16(Path.Combine(root, "depth", id + ".png"), scene.Depth.Height, scene.Depth.Width, Array.ConvertAll(scene.Depth.Values, Millimetres));
            lines[index] = Line(id, index < trainCount ? "train" : "val", scene);
        });
        File.WriteAllLines(Path.Combine(root, InfoName), [$"id,split,{string.Join(',', NumberColumns)}", .. lines]);
    }

    private static ushort Millimetres(float metres) => float.IsNaN(metres) ? (ushort)0 : (ushort)Math.Clamp(Math.Round(1000.0 * metres), 1, ushort.MaxValue);

    private static string Line(string id, string split, BodyScene scene)
    {
        var line = new StringBuilder(id).Append(',').Append(split);
        float[] shape = [.. scene.Body.Shape, .. new float[10 - scene.Body.Shape.Length]];
        foreach (var numbers in (float[][])[shape, scene.Body.AxisAngles, scene.Body.Translation, scene.Joints3D, scene.Joints2D])
            foreach (var number in numbers)
                line.Append(CultureInfo.InvariantCulture, $",{number:0.#####}");
        return line.ToString();
    }
}
