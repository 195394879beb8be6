using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

/// <summary>Writes tiny clips in the layout of SURREAL.</summary>
internal static class SurrealFiles
{
    public const int Height = 3;
    public const int Width = 4;

    public static string Stem(TempFolder folder, string run = "run0", string name = "01_01_c0001") => folder.Path("train", run, "01_01", name);

    /// <summary>Frames with poses 0.001 i and so on; part (row + column + frame) mod 25; depth 2 + row + column / 10.</summary>
    public static void Write(TempFolder folder, int frames, Action<Dictionary<string, (MatClass, MatType, int[], Array)>>? change = null, string run = "run0", string name = "01_01_c0001")
    {
        float[] Series(int count, double step) => [.. Enumerable.Range(0, count).Select(i => (float)(step * i))];
        int[] Shape(params int[] each) => frames > 1 ? [.. each, frames] : each.Length > 1 ? each : [.. each, 1];
        var info = new Dictionary<string, (MatClass, MatType, int[], Array)>
        {
            ["pose"] = (MatClass.Single, MatType.Single, Shape(72), Series(72 * frames, 0.001)),
            ["shape"] = (MatClass.Single, MatType.Single, Shape(10), Series(10 * frames, 0.1)),
            ["joints2D"] = (MatClass.Single, MatType.Single, Shape(2, 24), Series(48 * frames, 1)),
            ["joints3D"] = (MatClass.Single, MatType.Single, Shape(3, 24), Series(72 * frames, 0.01)),
            ["gender"] = (MatClass.UInt8, MatType.UInt8, [frames, 1], Enumerable.Repeat((byte)1, frames).ToArray()),
            ["zrot"] = (MatClass.Single, MatType.Single, [frames, 1], Series(frames, 0.5)),
            ["camLoc"] = (MatClass.Single, MatType.Single, [3, 1], new[] { 6f, 1, 0.5f }),
            ["clipNo"] = (MatClass.Int64, MatType.Int64, [1, 1], new long[] { 1 }),
            ["source"] = (MatClass.Char, MatType.Utf8, [1, 3], "cmu"u8.ToArray()),
        };
        change?.Invoke(info);
        var writer = new MatFileWriter();
        foreach (var (variable, (kind, type, dimensions, values)) in info) writer.Add(variable, kind, type, dimensions, values);
        writer.AddCells("bg", [1, 1], writer.Matrix("", MatClass.Char, MatType.Utf8, [1, 4], "a.jp"u8.ToArray()));
        var stem = Stem(folder, run, name);
        File.WriteAllBytes(stem + "_info.mat", writer.ToArray());

        var (segmentation, depth) = (new MatFileWriter(), new MatFileWriter());
        for (var frame = 0; frame < frames; frame++)
        {
            var (parts, metres) = (new byte[Height * Width], new float[Height * Width]);
            for (var column = 0; column < Width; column++)
                for (var row = 0; row < Height; row++)
                    (parts[(column * Height) + row], metres[(column * Height) + row]) = ((byte)((row + column + frame) % 25), row == 0 ? 1e10f : 2 + row + (column / 10f));
            segmentation.Add($"segm_{frame + 1}", MatClass.UInt8, MatType.UInt8, [Height, Width], parts);
            depth.Add($"depth_{frame + 1}", MatClass.Single, MatType.Single, [Height, Width], metres);
        }

        File.WriteAllBytes(stem + "_segm.mat", segmentation.ToArray());
        File.WriteAllBytes(stem + "_depth.mat", depth.ToArray());
        File.WriteAllBytes(stem + ".mp4", [0]);
    }

    public static void WriteFrame(TempFolder folder, int number) =>
        PngWriter.Write(folder.Path("train", "run0", "01_01", "01_01_c0001", $"frame{number:0000}.png"), new ByteImage(Height, Width, 3, [.. Enumerable.Repeat((byte)number, 3 * Height * Width)]));
}
