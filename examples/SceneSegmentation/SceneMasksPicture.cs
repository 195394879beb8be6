using Ilt.Detection;
using Ilt.Imaging;
using Ilt.MLNet;
using Microsoft.ML;

namespace Ilt.Examples.SceneSegmentation;

/// <summary>An image, its given mask, the suggested mask and the heat map beside each other, large enough to look at.</summary>
internal static class SceneMasksPicture
{
    private const int Side = 256, Gap = 8;

    // By class: road, pavement, building, pole, vegetation, sky, person, car.
    private static readonly (byte Red, byte Green, byte Blue)[] Colours =
        [(128, 64, 128), (244, 35, 232), (110, 110, 110), (220, 220, 0), (107, 142, 35), (120, 180, 230), (220, 20, 60), (0, 0, 142)];

    public static ByteImage Draw(MLContext ml, string folder, IDataView data, LabelImageExamination found)
    {
        var row = ml.Data.CreateEnumerable<SceneMasks>(data, reuseRowObject: false).First(row => row.Id == found.Id);
        var image = PngImage.ReadImage(Path.Combine(folder, "images", $"{found.Id}.png"), channels: 3);
        var heat = HeatMapPicture.Draw(found.Heat, found.Size.Height, found.Size.Width, regions: found.Regions);
        return BesideEachOther([image, Colour(row.Mask, found.Size), Colour(found.SuggestedMask!, found.Size), heat]);
    }

    private static ByteImage Colour(byte[] mask, ImageSize size) =>
        new(size.Height, size.Width, 3, [.. mask.SelectMany(id => id < Colours.Length ? (byte[])[Colours[id].Red, Colours[id].Green, Colours[id].Blue] : [0, 0, 0])]);

    private static ByteImage BesideEachOther(ByteImage[] images)
    {
        var width = (images.Length * (Side + Gap)) - Gap;
        var pixels = new byte[Side * width * 3];
        Array.Fill(pixels, byte.MaxValue);
        for (var i = 0; i < images.Length; i++)
        {
            var large = new byte[Side * Side * 3];
            PixelResize.Nearest<byte>(images[i].Pixels, images[i].Size, 3, large, new ImageSize(Side, Side));
            for (var y = 0; y < Side; y++)
                large.AsSpan(y * Side * 3, Side * 3).CopyTo(pixels.AsSpan(((y * width) + (i * (Side + Gap))) * 3));
        }
        return new ByteImage(Side, width, 3, pixels);
    }
}
