namespace Microsoft.ML.Data;

/// <summary>A vector value, dense or sparse; absent items of a sparse one are <c>default</c>.</summary>
public readonly struct VBuffer<T>
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
        : this(length, indices is null ? length : values?.Length ?? 0, values, indices)
    {
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Check.Param(length >= 0, nameof(length), "Must not be negative");
        Check.Param(count >= 0 && count <= length, nameof(count), "Must not be negative or exceed the length");
        Check.Param(count <= (values?.Length ?? 0), nameof(values), "Fewer values given than announced");
        // Indices left over from an earlier use of the arrays do not make a full vector sparse.
        Check.Param(count == length || count <= (indices?.Length ?? 0), nameof(indices), "A sparse vector needs one index per value");
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    internal T[] ValueArray => _values;

    internal int[] IndexArray => _indices;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>Empty for a dense vector.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Check.Param(destinationIndex >= 0 && destinationIndex <= destination.Length - Length, nameof(destination), "Not large enough to hold these values.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense)
            GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<T> DenseValues() => Items(all: true).Select(x => x.Value);

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false) => Enumerate(_values, _indices, _count, Length, all);

    public T GetItemOrDefault(int index)
    {
        Check.Param(0 <= index && index < Length, nameof(index), "Must be non-negative and less than length");
        if (IsDense)
            return _values[index];
        var i = Array.BinarySearch(_indices, 0, _count, index);
        return i < 0 ? default : _values[i];
    }

    private static IEnumerable<KeyValuePair<int, T>> Enumerate(T[] values, int[] indices, int count, int length, bool all)
    {
        if (count == length)
        {
            for (var i = 0; i < length; i++)
                yield return new(i, values[i]);
            yield break;
        }
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            for (; all && next < indices[i]; next++)
                yield return new(next, default);
            yield return new(indices[i], values[i]);
            next = indices[i] + 1;
        }
        for (; all && next < length; next++)
            yield return new(next, default);
    }
}
