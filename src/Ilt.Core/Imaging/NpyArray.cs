namespace Ilt.Imaging;

/// <summary>An array of numbers from a NumPy file, in C order (the last index runs fastest) whatever the file's order was.</summary>
public sealed class NpyArray
{
    private readonly string name;

    internal NpyArray(int[] shape, Array values, string name) => (Shape, Values, this.name) = (shape, values, name);

    /// <summary>Length of each dimension; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>
    /// The numbers in C order, with the element type of the file: <c>float[]</c>, <c>double[]</c>, <c>Half[]</c>, <c>byte[]</c>, <c>sbyte[]</c>,
    /// <c>ushort[]</c>, <c>short[]</c>, <c>uint[]</c>, <c>int[]</c>, <c>ulong[]</c>, <c>long[]</c> or <c>bool[]</c>.
    /// </summary>
    public Array Values { get; }

    /// <summary>Whether the elements are integers or booleans, not floating-point numbers.</summary>
    public bool IsWhole => Values is not (float[] or double[] or Half[]);

    /// <summary>Makes an array to be written.</summary>
    /// <typeparam name="T">One of the types of <see cref="Values"/>.</typeparam>
    /// <param name="values">The numbers in C order; not copied.</param>
    /// <param name="shape">Length of each dimension; their product is the number of values.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or the type is not supported.</exception>
    public static NpyArray Create<T>(T[] values, params int[] shape)
        where T : unmanaged
    {
        if (NpyType.Of(typeof(T)) is null) throw new ArgumentException($"A NumPy array of {typeof(T).Name} is not supported.", nameof(values));
        if (shape.Any(length => length < 0) || shape.Aggregate(1L, (product, length) => product * length) != values.Length)
            throw new ArgumentException(FormattableString.Invariant($"An array of shape ({string.Join(", ", shape)}) cannot hold {values.Length} values."), nameof(shape));
        return new NpyArray([.. shape], values, "array");
    }

    /// <summary>The numbers as double precision; integers beyond 2^53 are rounded.</summary>
    public double[] ToDoubles() => Values switch
    {
        double[] v => [.. v],
        float[] v => Array.ConvertAll(v, x => (double)x),
        Half[] v => Array.ConvertAll(v, x => (double)x),
        bool[] v => Array.ConvertAll(v, x => x ? 1.0 : 0),
        _ when Values.GetType() == typeof(ulong[]) => Array.ConvertAll((ulong[])Values, x => (double)x),
        _ => Array.ConvertAll(ToIntegers(), x => (double)x),
    };

    /// <summary>The numbers as single precision.</summary>
    public float[] ToSingles() => Values is float[] v ? [.. v] : Array.ConvertAll(ToDoubles(), x => (float)x);

    /// <summary>The numbers as integers; floating-point numbers must be whole.</summary>
    /// <exception cref="ImageFormatException">A number is not whole, or too large; the message names its index.</exception>
    // By the type's code: a pattern such as `sbyte[]` matches a byte[] as well, since the runtime lets arrays of either sign pass for the other.
    public long[] ToIntegers() => Type.GetTypeCode(Values.GetType().GetElementType()) switch
    {
        TypeCode.Int64 => [.. (long[])Values],
        TypeCode.Int32 => Array.ConvertAll((int[])Values, x => (long)x),
        TypeCode.UInt32 => Array.ConvertAll((uint[])Values, x => (long)x),
        TypeCode.Int16 => Array.ConvertAll((short[])Values, x => (long)x),
        TypeCode.UInt16 => Array.ConvertAll((ushort[])Values, x => (long)x),
        TypeCode.SByte => Array.ConvertAll((sbyte[])Values, x => (long)x),
        TypeCode.Byte => Array.ConvertAll((byte[])Values, x => (long)x),
        TypeCode.Boolean => Array.ConvertAll((bool[])Values, x => x ? 1L : 0),
        TypeCode.UInt64 => Array.ConvertAll((ulong[])Values, x => x <= long.MaxValue ? (long)x : throw new ImageFormatException(name,
            FormattableString.Invariant($"the array holds the number {x}, which is too large."))),
        _ => Whole(ToDoubles()),
    };

    private long[] Whole(double[] numbers)
    {
        var result = new long[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            // 2^53: beyond it a floating-point number does not tell which integer was meant.
            if (Math.Floor(numbers[i]) != numbers[i] || Math.Abs(numbers[i]) > 1L << 53)
                throw new ImageFormatException(name, FormattableString.Invariant($"the value at index {Index(i)} is {numbers[i]}; expected a whole number."));
            result[i] = (long)numbers[i];
        }
        return result;
    }

    private string Index(int position)
    {
        var parts = new int[Shape.Count];
        for (var d = Shape.Count - 1; d >= 0; d--) (position, parts[d]) = (position / Shape[d], position % Shape[d]);
        return $"({string.Join(", ", parts)})";
    }
}
