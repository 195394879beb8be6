using System.Text;
using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class NpyFileTests
{
    private static readonly Array[] EveryType =
    [
        new[] { 1.5f, -2, float.NaN, 0, 5, 6 }, new[] { 1.25, -2, double.PositiveInfinity, 0, 5, 6 }, new[] { (Half)1.5, (Half)(-2), Half.NaN, (Half)0, (Half)5, (Half)6 },
        new byte[] { 0, 1, 255, 3, 4, 5 }, new sbyte[] { 0, -1, 127, -128, 4, 5 }, new ushort[] { 0, 1, 65535, 3, 4, 5 }, new short[] { 0, -1, 32767, -32768, 4, 5 },
        new uint[] { 0, 1, uint.MaxValue, 3, 4, 5 }, new[] { 0, -1, int.MaxValue, int.MinValue, 4, 5 }, new ulong[] { 0, 1, ulong.MaxValue, 3, 4, 5 },
        new[] { 0, -1, long.MaxValue, long.MinValue, 4, 5 }, new[] { true, false, true, true, false, false },
    ];

    [TestCaseSource(nameof(EveryType))]
    public void Write_ThenRead_GivesTheSameArray(Array values)
    {
        using var file = new MemoryStream();
        NpyFile.Write(file, Create(values, 2, 3));
        file.Position = 0;
        var array = NpyFile.Read(file, "a.npy");

        Assert.That(array.Shape, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(array.Values, Is.EqualTo(values).And.TypeOf(values.GetType()));
    }

    [Test]
    public void Write_Array_IsTheFileThatNumPyWrites()
    {
        using var file = new MemoryStream();
        NpyFile.Write(file, NpyArray.Create<short>([1, -2], 2));

        // 10 bytes and 57 of header, filled up with spaces and a line feed to a multiple of 64.
        var header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }".PadRight(117) + "\n";
        Assert.That(file.ToArray(), Is.EqualTo((byte[])[0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 1, 0, 0xFE, 0xFF]));
    }

    [Test]
    public void Read_FortranOrder_IsTurnedIntoCOrder()
    {
        // Element (i, j, k) of shape (2, 3, 4) is 100 i + 10 j + k; in the file i runs fastest.
        var inFile = from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (byte)(100 * i + 10 * j + k);
        var wanted = from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (byte)(100 * i + 10 * j + k);

        Assert.That(Read(File("|u1", "(2, 3, 4)", [.. inFile], fortran: true)).Values, Is.EqualTo(wanted));
    }

    [Test]
    public void Read_BigEndian_IsTurnedAround()
    {
        Assert.That(Read(File(">i2", "(2,)", [1, 2, 0xFF, 0xFE])).Values, Is.EqualTo(new short[] { 0x102, -2 }));
        Assert.That(Read(File(">f4", "(1,)", [0x3F, 0xC0, 0, 0])).Values, Is.EqualTo(new[] { 1.5f }));
        Assert.That(Read(File(">f2", "(1,)", [0x3E, 0])).Values, Is.EqualTo(new[] { (Half)1.5 }));
        Assert.That(Read(File(">f8", "(1,)", [0x3F, 0xF8, 0, 0, 0, 0, 0, 0])).Values, Is.EqualTo(new[] { 1.5 }));
    }

    [TestCase(2)]
    [TestCase(3)]
    public void Read_LaterVersions_HaveALongerLength(int version) =>
        Assert.That(Read(File("<u2", "()", [7, 1], version: version)).ToIntegers(), Is.EqualTo(new long[] { 263 }));

    [Test]
    public void Read_TruncatedAnywhere_IsAFormatError([Values(1, 2)] int version)
    {
        var file = File("<f8", "(2, 2)", new byte[32], version: version);
        for (var length = 0; length < file.Length; length++)
            Assert.That(() => Read(file[..length]), Throws.TypeOf<ImageFormatException>().With.Message.EqualTo("a.npy: the NumPy file is truncated; copy it again from its source."), $"{length} bytes");
    }

    [TestCase("|O", "Python objects")]
    [TestCase("<U5", "elements of the type '<U5'")]
    [TestCase("<c16", "elements of the type '<c16'")]
    [TestCase("<M8[ns]", "elements of the type '<M8'")]
    public void Read_NoNumbers_IsRefusedWithAdvice(string type, string found) =>
        Assert.That(() => Read(File(type, "(1,)", new byte[64])), Throws.TypeOf<ImageFormatException>().With.Message.Contains(found).And.Message.Contains("np.float32"));

    [Test]
    public void Read_RecordsHugeShapesOrNonsense_IsAFormatError()
    {
        Assert.That(() => Read(File("x", "(1,)", [], descr: "[('x', '<f4'), ('y', '<f4')]")), Throws.TypeOf<ImageFormatException>().With.Message.Contains("records of several fields"));
        Assert.That(() => Read(File("<f8", "(100000, 100000, 100000)", new byte[64])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("(100000, 100000, 100000)"));
        Assert.That(() => Read(File("<f8", "(-3,)", new byte[64])), Throws.TypeOf<ImageFormatException>());
        Assert.That(() => Read(File("<f8", "None", new byte[64])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("header"));
        Assert.That(() => Read("not an array"u8.ToArray()), Throws.TypeOf<ImageFormatException>().With.Message.Contains("not a NumPy file"));
    }

    [Test]
    public void Read_AnyByteChanged_IsAFormatErrorOrAnArray()
    {
        var file = File("<i4", "(2, 3)", new byte[24], fortran: true);
        for (var position = 0; position < file.Length; position++)
            for (var bit = 0; bit < 8; bit++)
            {
                var broken = (byte[])file.Clone();
                broken[position] ^= (byte)(1 << bit);
                try
                {
                    Read(broken);
                }
                catch (ImageFormatException)
                {
                }
            }
    }

    [Test]
    public void ToIntegersAndToSingles_OfEveryType_Convert()
    {
        foreach (var values in EveryType.Where(v => v is not (float[] or double[] or Half[] or ulong[])))
        {
            var expected = values.Cast<object>().Select(v => Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.That(Create(values, 6).ToIntegers(), Is.EqualTo(expected), values.GetType().Name);
            Assert.That(Create(values, 6).ToSingles(), Is.EqualTo(expected.Select(v => (float)v)), values.GetType().Name);
        }
        Assert.That(() => NpyArray.Create([1.5], 1).ToIntegers(), Throws.TypeOf<ImageFormatException>());
        Assert.That(() => NpyArray.Create([1.5], 2), Throws.ArgumentException.With.Message.Contains("shape (2) cannot hold 1 values"));
        Assert.That(() => NpyArray.Create<decimal>([1], 1), Throws.ArgumentException);
    }

    [Test]
    public void NpzFile_WriteThenRead_GivesTheArraysByName()
    {
        using var folder = new TempFolder();
        var path = folder.Path("a.npz");
        NpzFile.Write(path, new Dictionary<string, NpyArray> { ["weights"] = NpyArray.Create([1f, 2, 3, 4], 2, 2), ["faces"] = NpyArray.Create<uint>([7], 1) });
        var arrays = NpzFile.Read(path);

        Assert.That(arrays.Keys, Is.EquivalentTo(new[] { "weights", "faces" }));
        Assert.That(arrays["weights"].Values, Is.EqualTo(new[] { 1f, 2, 3, 4 }));
        Assert.That(arrays["faces"].Values, Is.EqualTo(new uint[] { 7 }));
    }

    [Test]
    public void NpzFile_Truncated_IsAFormatError()
    {
        using var folder = new TempFolder();
        var path = folder.Path("a.npz");
        NpzFile.Write(path, new Dictionary<string, NpyArray> { ["a"] = NpyArray.Create([1f, 2, 3, 4], 2, 2) });
        var file = System.IO.File.ReadAllBytes(path);
        for (var length = 0; length < file.Length; length++)
        {
            System.IO.File.WriteAllBytes(path, file[..length]);
            Assert.Throws<ImageFormatException>(() => NpzFile.Read(path), $"{length} bytes");
        }
    }

    private static NpyArray Read(byte[] file) => NpyFile.Read(new MemoryStream(file), "a.npy");

    private static NpyArray Create(Array values, params int[] shape) =>
        (NpyArray)typeof(NpyArray).GetMethod(nameof(NpyArray.Create))!.MakeGenericMethod(values.GetType().GetElementType()!).Invoke(null, [values, shape])!;

    private static byte[] File(string type, string shape, byte[] data, bool fortran = false, int version = 1, string? descr = null)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': {descr ?? $"'{type}'"}, 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}\n");
        byte[] length = version == 1 ? [(byte)header.Length, 0] : [(byte)header.Length, 0, 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. header, .. data];
    }
}
