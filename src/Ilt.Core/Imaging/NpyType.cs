namespace Ilt.Imaging;

/// <summary>An element type of NumPy files.</summary>
/// <param name="Code">Kind and bytes, as in the file: f4, u1, b1 ...</param>
/// <param name="Type">The type of the elements in memory.</param>
/// <param name="Size">Bytes of an element.</param>
internal sealed record NpyType(string Code, Type Type, int Size)
{
    private static readonly NpyType[] All =
    [
        new("f4", typeof(float), 4), new("f8", typeof(double), 8), new("f2", typeof(Half), 2), new("u1", typeof(byte), 1), new("i1", typeof(sbyte), 1),
        new("u2", typeof(ushort), 2), new("i2", typeof(short), 2), new("u4", typeof(uint), 4), new("i4", typeof(int), 4), new("u8", typeof(ulong), 8),
        new("i8", typeof(long), 8), new("b1", typeof(bool), 1),
    ];

    public static NpyType? Of(string code) => Array.Find(All, t => t.Code == code);

    public static NpyType? Of(Type type) => Array.Find(All, t => t.Type == type);
}
