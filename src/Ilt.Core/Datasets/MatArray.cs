namespace Ilt.Datasets;

/// <summary>A variable of a MATLAB file.</summary>
public sealed class MatArray
{
    internal MatArray(string name, int[] dimensions, Array values) => (Name, Dimensions, Values) = (name, dimensions, values);

    /// <summary>Its name; empty inside of a cell.</summary>
    public string Name { get; }

    /// <summary>Length of each dimension, at least two (MATLAB drops further ones of length 1 at the end).</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>
    /// The elements, <b>column by column</b> (the first index runs fastest), as an array of the variable's own type: <c>double[]</c>, <c>float[]</c>,
    /// <c>sbyte[]</c>, <c>byte[]</c>, <c>short[]</c>, <c>ushort[]</c>, <c>int[]</c>, <c>uint[]</c>, <c>long[]</c>, <c>ulong[]</c>, <c>bool[]</c> (logical), <c>char[]</c> or
    /// <c>MatArray[]</c> (cell).
    /// </summary>
    public Array Values { get; }

    /// <summary>The elements of a cell, column by column; null where this is none.</summary>
    public IReadOnlyList<MatArray>? Cells => Values as MatArray[];

    /// <summary>Text: the rows of a character array, joined by line feeds; null where this is none.</summary>
    public string? Text
    {
        get
        {
            if (Values is not char[] characters) return null;
            var (rows, columns) = (Dimensions[0], Dimensions[0] == 0 ? 0 : characters.Length / Dimensions[0]);
            return string.Join('\n', Enumerable.Range(0, rows).Select(row => string.Create(columns, row, (line, at) =>
            {
                for (var column = 0; column < line.Length; column++) line[column] = characters[(column * rows) + at];
            })));
        }
    }

    /// <summary>The numbers (or logical values) in single precision, column by column; null for text and cells.</summary>
    public float[]? ToSingles() => Values is float[] singles ? [.. singles] : ToDoubles() is { } numbers ? Array.ConvertAll(numbers, value => (float)value) : null;

    /// <summary>The numbers (or logical values) in double precision, column by column; null for text and cells.</summary>
    // By the type's code: a pattern such as `sbyte[]` matches a byte[] as well.
    public double[]? ToDoubles() => Type.GetTypeCode(Values.GetType().GetElementType()) switch
    {
        TypeCode.Double => [.. (double[])Values],
        TypeCode.Single => Array.ConvertAll((float[])Values, x => (double)x),
        TypeCode.SByte => Array.ConvertAll((sbyte[])Values, x => (double)x),
        TypeCode.Byte => Array.ConvertAll((byte[])Values, x => (double)x),
        TypeCode.Int16 => Array.ConvertAll((short[])Values, x => (double)x),
        TypeCode.UInt16 => Array.ConvertAll((ushort[])Values, x => (double)x),
        TypeCode.Int32 => Array.ConvertAll((int[])Values, x => (double)x),
        TypeCode.UInt32 => Array.ConvertAll((uint[])Values, x => (double)x),
        TypeCode.Int64 => Array.ConvertAll((long[])Values, x => (double)x),
        TypeCode.UInt64 => Array.ConvertAll((ulong[])Values, x => (double)x),
        TypeCode.Boolean => Array.ConvertAll((bool[])Values, x => x ? 1.0 : 0),
        _ => null,
    };
}
