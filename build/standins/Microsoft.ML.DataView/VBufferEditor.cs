namespace Microsoft.ML.Data;

/// <summary>Writes a <see cref="VBuffer{T}"/>, reusing the arrays of the one that is overwritten.</summary>
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
        Check.Param(valuesCount is null || valuesCount.Value <= newLogicalLength, nameof(valuesCount), "Must not exceed the length.");
        var count = valuesCount ?? newLogicalLength;
        var values = destination.ValueArray;
        Grow(ref values, count, keepOldOnResize, maxValuesCapacity);
        var indices = destination.IndexArray;
        var sparse = count < newLogicalLength || requireIndicesOnDense;
        if (sparse)
            Grow(ref indices, count, keepOldOnResize, maxValuesCapacity);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, sparse);
    }

    private static void Grow<T>(ref T[] array, int count, bool keep, int? capacity)
    {
        if (array is not null && array.Length >= count)
            return;
        var size = Math.Max(count, Math.Min(capacity ?? count, Math.Max(count, 2 * (array?.Length ?? 0))));
        if (keep)
            Array.Resize(ref array, size);
        else
            array = size == 0 ? [] : new T[size];
    }
}

/// <summary>The writable values (and indices, where sparse) of a vector under construction.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool sparse)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = sparse ? indices.AsSpan(0, count) : default;
    }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);
}
