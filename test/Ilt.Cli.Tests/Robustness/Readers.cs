using System.Text;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;
using SkiaSharp;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>All readers of files that users give, each with good files to begin with.</summary>
internal sealed class Readers(string folder)
{
    // Numbers the checkpoint folders, of which a failed training leaves its file open for a moment.
    private int runs;

    public IReadOnlyList<Reader> All() =>
    [
        Table("CSV", "t.csv", 12, Text(SmallTable.Csv(20)), Text(SmallTable.Csv(12, ';').Replace("red", "\"r;\"\"ed\"")), Text(SmallTable.Csv(12, '\t'))),
        Table("ARFF", "t.arff", 12, Text("% c\n@relation t\n@attribute id string\n@attribute x numeric\n@attribute k {a,'b c'}\n@data\n'r 1',1.5,a\nr2,?,'b c'\nr3,-2e3,a\n")),
        new Reader("noise-scores.csv", [Text("id,task,rank,noise_score,log_variance,given_label,predicted_label,loss\nr1,kind,1,0.5,-0.25,a,b,1.5\n'=r2,kind,2,-1.5,,'@x,b,0.5\n\"r,3\",size,1,2,0.1,1.5,2.5,3\n")], bytes => NoiseScoresCsv.Read(Write("s.csv", bytes)), IsUserError) { Share = 10 },
        new Reader("truth", [Text("id,task,corrupted\nr1,kind,1\nr2,kind,0\n'=r3,size,true\n")], bytes => TruthCsv.Read(Write("truth.csv", bytes)), IsUserError) { Share = 6 },
        new Reader("PNG label", Pngs(), bytes => LabelPng.Read(new MemoryStream(bytes), "f.png"), IsFormatError) { Repair = Repairs.Png, Share = 14 },
        new Reader("PNG picture", [Encoded(SKEncodedImageFormat.Png)], bytes => ReadPicture(Write("p.png", bytes)), IsFormatError) { Repair = Repairs.Png, Share = 8 },
        new Reader("JPEG picture", [Encoded(SKEncodedImageFormat.Jpeg)], bytes => ReadPicture(Write("p.jpg", bytes)), IsFormatError) { Share = 8 },
        new Reader("npy", Npys(), bytes => NpyFile.Read(new MemoryStream(bytes), "f.npy"), IsFormatError) { Share = 12 },
        new Reader("npz", [Npz()], bytes => NpzFile.Read(Write("f.npz", bytes)), IsFormatError) { IsZip = true, Share = 8 },
        new Reader("mat", Mats(), ReadMat, IsFormatError) { Share = 12 },
        new Reader("checkpoint", [Checkpoint()], ReadCheckpoint, e => e is FormatException or CheckpointMismatchException) { Repair = Repairs.Checkpoint, Share = 2 },
        new Reader("model.zip", [Model()], bytes => SavedModel.Load(Write("m.zip", bytes)).Dispose(), IsUserError) { IsZip = true, MostBytes = 256L << 20, Share = 2 },
    ];

    private static bool IsUserError(Exception e) => e is UserErrorException && !e.Message.Contains('\n');

    private static bool IsFormatError(Exception e) => e is ImageFormatException;

    private Reader Table(string name, string file, int share, params byte[][] seeds) => new(name, seeds, bytes => TableReader.Read(Write(file, bytes)), IsUserError) { Share = share };

    private static void ReadPicture(string path)
    {
        var head = ImageFile.Read(path);
        // As a run does, which refuses pictures of more pixels than fit by their heads.
        if ((long)head.Size.Height * head.Size.Width <= 1 << 22) Picture.Read(path, new ImageSize(8, 8));
    }

    private static void ReadMat(byte[] bytes)
    {
        var file = MatFile.Open(bytes, "f.mat");
        ImageFormatException? first = null;
        foreach (var name in file.Names)
        {
            try
            {
                file.Read(name);
            }
            catch (ImageFormatException e)
            {
                first ??= e;
            }
        }

        if (first is not null) throw first;
    }

    private static readonly TaskDefinition[] Tasks = [new ClassificationTask("c", 2), new RegressionTask("n")];

    private static TrainingOptions Training(string place) => new()
    {
        Epochs = 2, BatchSize = 4, HiddenUnits = [3], Seed = 1, Checkpoint = new CheckpointOptions(place) { Epochs = 1, KeepWhenDone = true },
    };

    private static TableData Rows => new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 2, [new ClassLabels([0, 1, 0, 1, 0, 1, 0, 1]), new NumberLabels([1, 2, 3, 4, 5, 6, 7, 8])]);

    private byte[] Checkpoint()
    {
        var place = Path.Combine(folder, "good");
        MultiTaskTraining.Train(Tasks, Rows, null, Training(place)).Model.Dispose();
        return File.ReadAllBytes(Path.Combine(place, "checkpoint"));
    }

    private void ReadCheckpoint(byte[] bytes)
    {
        var place = Path.Combine(folder, $"checkpoint{runs++ % 2}");
        Directory.CreateDirectory(place);
        File.WriteAllBytes(Path.Combine(place, "checkpoint"), bytes);
        File.Delete(Path.Combine(place, "checkpoint.old"));
        MultiTaskTraining.Train(Tasks, Rows, null, Training(place)).Model.Dispose();
    }

    private byte[] Model()
    {
        var data = Write("train.csv", Text(SmallTable.Csv(40)));
        CliRun.Done("flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--epochs", "1", "--out", Path.Combine(folder, "out"));
        return File.ReadAllBytes(Path.Combine(folder, "out", "model.zip"));
    }

    private byte[][] Pngs()
    {
        byte[] Png(Action<string> write)
        {
            var path = Path.Combine(folder, "made.png");
            write(path);
            return File.ReadAllBytes(path);
        }

        return
        [
            Png(path => PngWriter.Write(path, new ByteImage(9, 7, 1, [.. Enumerable.Range(0, 63).Select(i => (byte)i)]))),
            Png(path => PngWriter.WriteGray16(path, 5, 6, [.. Enumerable.Range(0, 30).Select(i => (ushort)(i * 1000))])),
        ];
    }

    private static byte[] Encoded(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(24, 16);
        for (var y = 0; y < 16; y++)
            for (var x = 0; x < 24; x++) bitmap.SetPixel(x, y, new SKColor((byte)(10 * x), (byte)(15 * y), (byte)(x * y)));
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }

    private static byte[] Npy(NpyArray array)
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, array);
        return stream.ToArray();
    }

    private static byte[][] Npys() =>
    [
        Npy(NpyArray.Create([1f, 2f, 3f, 4f, 5f, 6f], 2, 3)), Npy(NpyArray.Create<byte>([1, 2, 3, 4], 4)),
        Text(Encoding.Latin1.GetString(Npy(NpyArray.Create([1.0, 2, 3, 4, 5, 6], 3, 2))).Replace("False", "True ")),
    ];

    private byte[] Npz()
    {
        var path = Path.Combine(folder, "made.npz");
        NpzFile.Write(path, new Dictionary<string, NpyArray> { ["a"] = NpyArray.Create([1f, 2f, 3f], 3), ["b"] = NpyArray.Create([1, 2, 3, 4], 2, 2) });
        return File.ReadAllBytes(path);
    }

    private static byte[][] Mats() => [.. new[] { false, true }.SelectMany(big => new[] { false, true }.Select(packed =>
    {
        var writer = new MatFileWriter(big, packed);
        writer.Add("zrot", MatClass.Single, MatType.Single, [1, 3], new[] { 1f, 2f, 3f });
        writer.Add("gender", MatClass.UInt8, MatType.UInt8, [2, 2], new byte[] { 0, 1, 1, 0 });
        writer.AddCells("cells", [1, 1], writer.Matrix("", MatClass.Double, MatType.Double, [1, 2], new[] { 1.0, 2.0 }));
        return writer.ToArray();
    }))];

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
