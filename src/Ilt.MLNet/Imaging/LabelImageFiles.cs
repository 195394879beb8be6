using Ilt.Imaging;

namespace Ilt.MLNet;

/// <summary>Label images from files, by what the file is.</summary>
internal static class LabelImageFiles
{
    public static (ImageSize Size, byte[] Values) ReadMask(string path, MaskEncoding encoding)
    {
        var mask = LabelPng.ReadMask(path, encoding);
        return (mask.Size, mask.Pixels);
    }

    public static (ImageSize Size, float[] Values) ReadMap(string path, MapEncoding encoding)
    {
        var map = LabelPng.ReadMap(path, encoding);
        return (map.Size, map.Values);
    }
}
