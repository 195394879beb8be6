using System.Globalization;
using Ilt.Imaging;

namespace Ilt.Datasets;

public sealed partial class SceneGenerator
{
    // Cityscapes' cameras: about 0.2 m between them, 2262 pixels focal length at full size.
    private const double PixelsPerInverseDepth = 0.2 * 2262;
    private const int ScenesPerCity = 1000;

    /// <summary>The label id that Cityscapes uses for each class: road, sidewalk, building, pole, vegetation, sky, person, car.</summary>
    public static IReadOnlyList<byte> CityscapesIds { get; } = [7, 8, 11, 17, 21, 23, 24, 26];

    /// <summary>Writes scenes as files in the layout of Cityscapes: scenes 0 .. train-1 as its split train, the next ones as val.</summary>
    /// <param name="root">Folder that will hold leftImg8bit, gtFine and disparity; made where it is missing, files in it are overwritten.</param>
    /// <param name="trainCount">Scenes of the split train.</param>
    /// <param name="valCount">Scenes of the split val.</param>
    /// <remarks>
    /// Files are named {type}/{split}/scenes{city:00}/scenes{city:00}_{number:000000}_000019_{suffix}.png, 1,000 per "city". Masks hold
    /// Cityscapes' label ids (<see cref="CityscapesIds"/>). Disparities are 16-bit, p = 256 d + 1 with d = 452.4 pixels x inverse depth,
    /// as Cityscapes' cameras (0.2 m apart, focal length 2262 pixels) would see it at full size; p = 0 where there is no value.
    /// </remarks>
    public void WriteCityscapes(string root, int trainCount, int valCount)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(valCount);
        Parallel.For(0, checked(trainCount + valCount), index => Write(root, index < trainCount ? "train" : "val", index));
    }

    private void Write(string root, string split, int index)
    {
        var city = string.Create(CultureInfo.InvariantCulture, $"scenes{index / ScenesPerCity:00}");
        var name = string.Create(CultureInfo.InvariantCulture, $"{city}_{index:000000}_000019_");
        var scene = Generate(index);
        PngWriter.Write(File("leftImg8bit", "leftImg8bit.png"), scene.Image);
        PngWriter.Write(File("gtFine", "gtFine_labelIds.png"), new ByteImage(options.Height, options.Width, 1, Array.ConvertAll(scene.Mask.Pixels, id => CityscapesIds[id])));
        PngWriter.WriteGray16(File("disparity", "disparity.png"), options.Height, options.Width, Array.ConvertAll(scene.InverseDepth.Values, Disparity));

        string File(string type, string suffix)
        {
            var folder = Path.Combine(root, type, split, city);
            Directory.CreateDirectory(folder);
            return Path.Combine(folder, name + suffix);
        }
    }

    private static ushort Disparity(float inverseDepth) => float.IsNaN(inverseDepth)
        ? (ushort)0
        : (ushort)Math.Min(ushort.MaxValue, Math.Round(256 * PixelsPerInverseDepth * inverseDepth) + 1);
}
