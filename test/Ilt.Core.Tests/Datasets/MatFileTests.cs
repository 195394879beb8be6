using System.Text;
using Ilt.Imaging;

namespace Ilt.Datasets;

[TestFixture]
public sealed class MatFileTests
{
    private static readonly (MatClass Class, MatType Type, Array Values)[] Numbers =
    [
        (MatClass.Double, MatType.Double, new[] { 1.5, -2, double.NaN, 4, 5, 1e300 }), (MatClass.Single, MatType.Single, new[] { 1.5f, -2, float.NaN, 4, 5, 1e30f }),
        (MatClass.Int8, MatType.Int8, new sbyte[] { 1, -2, 127, -128, 5, 6 }), (MatClass.UInt8, MatType.UInt8, new byte[] { 1, 255, 3, 4, 5, 6 }),
        (MatClass.Int16, MatType.Int16, new short[] { 1, -2, short.MaxValue, 4, 5, 6 }), (MatClass.UInt16, MatType.UInt16, new ushort[] { 1, 65535, 3, 4, 5, 6 }),
        (MatClass.Int32, MatType.Int32, new[] { 1, -2, int.MinValue, 4, 5, 6 }), (MatClass.UInt32, MatType.UInt32, new uint[] { 1, uint.MaxValue, 3, 4, 5, 6 }),
        (MatClass.Int64, MatType.Int64, new[] { 1, -2, long.MaxValue, 4, 5, 6 }), (MatClass.UInt64, MatType.UInt64, new ulong[] { 1, ulong.MaxValue, 3, 4, 5, 6 }),
    ];

    [Test]
    public void Read_NumbersOfEveryType_AreTheirOwnArrays([Values] bool bigEndian, [Values] bool compressed)
    {
        var writer = new MatFileWriter(bigEndian, compressed);
        foreach (var (kind, type, values) in Numbers) writer.Add($"{kind}_1", kind, type, [3, 2], values);
        var file = MatFile.Open(writer.ToArray(), "a.mat");

        Assert.That(file.Names, Is.EqualTo(Numbers.Select(n => $"{n.Class}_1")));
        foreach (var (kind, _, values) in Numbers)
        {
            var array = file.Read($"{kind}_1");
            Assert.That(array.Values, Is.EqualTo(values).And.TypeOf(values.GetType()));
            Assert.That(array.Dimensions, Is.EqualTo(new[] { 3, 2 }));
            Assert.That(array.Name, Is.EqualTo($"{kind}_1"));
        }
    }

    [Test]
    public void Read_NumbersStoredInFewerBytes_HaveTheVariablesType([Values] bool bigEndian)
    {
        var file = MatFile.Open(new MatFileWriter(bigEndian).Add("d", MatClass.Double, MatType.UInt8, [1, 3], new byte[] { 0, 7, 255 })
            .Add("s", MatClass.Single, MatType.Int16, [1, 2], new short[] { -3, 300 }).Add("l", MatClass.Int64, MatType.Int8, [1, 1], new sbyte[] { -3 })
            .Add("logical", MatClass.UInt8, MatType.UInt8, [1, 4], new byte[] { 0, 1, 1, 0 }, flags: 0x0200).ToArray(), "a.mat");

        Assert.That(file.Read("d").Values, Is.EqualTo(new double[] { 0, 7, 255 }).And.TypeOf<double[]>());
        Assert.That(file.Read("s").Values, Is.EqualTo(new float[] { -3, 300 }).And.TypeOf<float[]>());
        Assert.That(file.Read("l").Values, Is.EqualTo(new long[] { -3 }).And.TypeOf<long[]>());
        Assert.That(file.Read("logical").Values, Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(file.Read("logical").ToSingles(), Is.EqualTo(new float[] { 0, 1, 1, 0 }));
        Assert.That(file.Read("d").Text, Is.Null);
    }

    [Test]
    public void Read_TextAndCells_AreTextAndCells([Values] bool bigEndian, [Values] bool compressed)
    {
        var writer = new MatFileWriter(bigEndian, compressed);
        var file = MatFile.Open(writer.Add("word", MatClass.Char, MatType.UInt16, [1, 5], "cm\u00fc__".ToCharArray())
            .Add("utf8", MatClass.Char, MatType.Utf8, [1, 3], "abc"u8.ToArray())
            .Add("rows", MatClass.Char, MatType.UInt8, [2, 3], "adbecf"u8.ToArray())
            .Add("nothing", MatClass.Char, MatType.UInt8, [0, 0], Array.Empty<byte>())
            .AddCells("bg", [1, 3], writer.Matrix("", MatClass.Char, MatType.Utf8, [1, 4], "a.jp"u8.ToArray()), writer.Matrix("", MatClass.Double, MatType.Double, [1, 1], new[] { 2.5 }), EmptyCell(bigEndian))
            .ToArray(), "a.mat");

        Assert.That(file.Read("word").Text, Is.EqualTo("cm\u00fc__"));
        Assert.That(file.Read("utf8").Text, Is.EqualTo("abc"));
        Assert.That(file.Read("rows").Text, Is.EqualTo("abc\ndef"));
        Assert.That(file.Read("nothing").Text, Is.Empty);
        var cells = file.Read("bg").Cells!;
        Assert.That((cells[0].Text, cells[1].Values, cells[2].Values.Length), Is.EqualTo(("a.jp", new[] { 2.5 }, 0)));
        Assert.That(file.Read("word").ToSingles(), Is.Null);
    }

    [Test]
    public void Read_ThreeDimensions_AreColumnByColumn()
    {
        var values = Enumerable.Range(0, 24).Select(i => (float)i).ToArray();
        var array = MatFile.Open(new MatFileWriter().Add("joints2D", MatClass.Single, MatType.Single, [2, 3, 4], values).ToArray(), "a.mat").Read("joints2D");
        Assert.That(array.Dimensions, Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(array.ToSingles(), Is.EqualTo(values));
    }

    [TestCase(MatClass.Struct, 0u, "is a structure")]
    [TestCase(MatClass.Object, 0u, "is an object")]
    [TestCase(MatClass.Sparse, 0u, "is a sparse matrix")]
    [TestCase(MatClass.Function, 0u, "is a function")]
    [TestCase(MatClass.Double, 0x0800u, "is an array of complex numbers")]
    public void Read_UnsupportedKinds_AreRefusedByNameAndTheOthersRead(object kind, uint flags, string message)
    {
        var file = MatFile.Open(new MatFileWriter().Add("camera", (MatClass)kind, MatType.Double, [1, 1], new[] { 1.0 }, flags)
            .Add("other", MatClass.Double, MatType.Double, [1, 1], new[] { 8.0 }).ToArray(), "a.mat");
        Assert.That(() => file.Read("camera"), Throws.TypeOf<ImageFormatException>().With.Message.Contains($"a.mat: the variable 'camera' {message}, which is not supported"));
        Assert.That(file.Read("other").Values, Is.EqualTo(new[] { 8.0 }));
    }

    [Test]
    public void Read_MissingVariable_ListsThoseThatAreThere()
    {
        var writer = new MatFileWriter();
        for (var i = 1; i <= 12; i++) writer.Add($"segm_{i}", MatClass.UInt8, MatType.UInt8, [1, 1], new byte[] { 1 });
        var file = MatFile.Open(writer.ToArray(), "a.mat");
        Assert.That(file.Contains("segm_13"), Is.False);
        Assert.That(() => file.Read("segm_13"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("a.mat: there is no variable 'segm_13'; found segm_1, segm_2").And.Message.Contains("segm_8 and 4 more"));
        Assert.That(() => MatFile.Open(new MatFileWriter().ToArray(), "a.mat").Read("x"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("found no variables"));
    }

    [Test]
    public void OpenAndRead_CutAtEveryLength_IsAnErrorOrHasFewerVariables([Values] bool bigEndian, [Values] bool compressed)
    {
        var writer = new MatFileWriter(bigEndian, compressed);
        writer.Add("segm_1", MatClass.UInt8, MatType.UInt8, [3, 3], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 });
        var boundary = writer.ToArray().Length;
        var whole = writer.AddCells("cloth", [1, 1], writer.Matrix("", MatClass.Char, MatType.Utf8, [1, 4], "a.jp"u8.ToArray())).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            if (length == boundary || length == 128)
            {
                Assert.That(MatFile.Open(cut, "a.mat").Names, Has.Count.EqualTo(length == 128 ? 0 : 1));
                continue;
            }

            Assert.That(() => MatFile.Open(cut, "a.mat"), Throws.TypeOf<ImageFormatException>().With.Message.StartsWith("a.mat: the MATLAB file is truncated"), $"{length}");
        }

        Assert.That(() => MatFile.Open(whole[..(boundary - 1)], "a.mat"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("within the variable 'segm_1'"));
        Assert.That(() => MatFile.Open(whole[..(boundary + 3)], "a.mat"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("after the variable 'segm_1'"));
        Assert.That(MatFile.Open(whole, "a.mat").Read("cloth").Cells![0].Text, Is.EqualTo("a.jp"));
    }

    [Test]
    public void OpenAndRead_AnyByteChanged_IsReadOrRefusedButNeverAnotherError([Values] bool compressed)
    {
        var writer = new MatFileWriter(compressed: compressed);
        var whole = writer.Add("pose", MatClass.Single, MatType.Single, [2, 2], new[] { 1f, 2, 3, 4 }).AddCells("bg", [1, 1], writer.Matrix("", MatClass.Char, MatType.Utf8, [1, 4], "a.jp"u8.ToArray())).ToArray();
        var random = new Random(1);
        for (var trial = 0; trial < 4000; trial++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(124, whole.Length)] = (byte)random.Next(256);
            try
            {
                var file = MatFile.Open(changed, "a.mat");
                foreach (var name in file.Names) file.Read(name);
            }
            catch (ImageFormatException e)
            {
                Assert.That(e.Message, Does.StartWith("a.mat: "));
            }
        }
    }

    [Test]
    public void Open_OtherFiles_GetAdvice()
    {
        var header = Encoding.ASCII.GetBytes("MATLAB 7.3 MAT-file, Platform: GLNXA64".PadRight(512));
        Assert.That(() => MatFile.Open(header, "new.mat"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("new.mat: this is a MATLAB file of version 7.3").And.Message.Contains("'-v7'"));
        Assert.That(() => MatFile.Open(new byte[300], "old.mat"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("old.mat: this is not a MATLAB 5 file"));
        Assert.That(() => MatFile.Open("none.mat"), Throws.TypeOf<FileNotFoundException>());
    }

    private static byte[] EmptyCell(bool bigEndian) => bigEndian ? [0, 0, 0, 14, 0, 0, 0, 0] : [14, 0, 0, 0, 0, 0, 0, 0];
}
