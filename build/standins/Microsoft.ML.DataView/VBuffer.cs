namespace Microsoft.ML.Data;

/// <summary>A vector value. The real one may also be sparse; its readers here cannot tell, so this one is always dense.</summary>
public readonly struct VBuffer<T>
{
    public readonly int Length;

    internal readonly T[] Array;

    internal VBuffer(int length, T[] values)
    {
        Length = length;
        Array = values;
    }

    internal ReadOnlySpan<T> Values => Array.AsSpan(0, Length);

    public void CopyTo(Span<T> destination)
    {
        Check.Param(Length <= destination.Length, nameof(destination), "Not large enough to hold these values.");
        Values.CopyTo(destination);
    }

    public IEnumerable<T> DenseValues() => Array?.Take(Length) ?? [];

    /// <summary>Copies into the memory of another buffer.</summary>
    internal void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        Values.CopyTo(editor.Values);
        destination = editor.Commit();
    }
}

/// <summary>Writes a <see cref="VBuffer{T}"/>, reusing the array of the one that is overwritten.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        Check.Param(newLogicalLength >= 0, nameof(newLogicalLength), "Must be non-negative.");
        Check.Supported(valuesCount is null && maxValuesCapacity is null && !keepOldOnResize && !requireIndicesOnDense, "a vector other than dense and new");
        return new VBufferEditor<T>(newLogicalLength, destination.Array?.Length >= newLogicalLength ? destination.Array : new T[newLogicalLength]);
    }
}

/// <summary>The writable values of a vector under construction.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly T[] _values;

    public readonly Span<T> Values;

    internal VBufferEditor(int length, T[] values)
    {
        _values = values;
        Values = values.AsSpan(0, length);
    }

    public VBuffer<T> Commit() => new(Values.Length, _values);
}
