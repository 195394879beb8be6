namespace Ilt.Datasets;

/// <summary>How the bytes of an element are stored.</summary>
internal enum MatType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Int64 = 12,
    UInt64 = 13,
    Matrix = 14,
    Compressed = 15,
    Utf8 = 16,
    Utf16 = 17,
    Utf32 = 18,
}

/// <summary>What a variable is.</summary>
internal enum MatClass
{
    Cell = 1,
    Struct = 2,
    Object = 3,
    Char = 4,
    Sparse = 5,
    Double = 6,
    Single = 7,
    Int8 = 8,
    UInt8 = 9,
    Int16 = 10,
    UInt16 = 11,
    Int32 = 12,
    UInt32 = 13,
    Int64 = 14,
    UInt64 = 15,
    Function = 16,
    Opaque = 17,
}

/// <summary>The tag of an element: its type and its bytes; small ones lie within the tag itself.</summary>
internal readonly record struct MatTag(MatType Type, int Length, bool Small);

/// <summary>A variable's place in a file: the bytes of its array, or of the compressed stream that holds it.</summary>
internal sealed record MatEntry(string Name, int Offset, int Length, bool Compressed);
