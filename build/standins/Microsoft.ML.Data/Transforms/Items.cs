using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Calls generic code for types that are known only at run time.</summary>
internal static class Generic
{
    /// <summary>Calls the method behind <paramref name="sample"/> with other type arguments.</summary>
    public static TResult Call<TResult>(Delegate sample, Type[] types, params object[] arguments)
    {
        var method = sample.Method.GetGenericMethodDefinition().MakeGenericMethod(types);
        return (TResult)method.Invoke(sample.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}

/// <summary>Getters that work item by item, the same for a single value and for a vector of any size.</summary>
internal static class Items
{
    /// <summary>A getter of the mapped column; the map is given the slot (0 for a single value) and the item.</summary>
    public static Delegate Map<TIn, TOut>(DataViewRow row, DataViewSchema.Column input, Func<int, TIn, TOut> map)
    {
        if (input.Type is not VectorDataViewType)
        {
            var get = row.GetGetter<TIn>(input);
            TIn value = default;
            return (ValueGetter<TOut>)((ref TOut result) =>
            {
                get(ref value);
                result = map(0, value);
            });
        }
        var getVector = row.GetGetter<VBuffer<TIn>>(input);
        VBuffer<TIn> vector = default;
        return (ValueGetter<VBuffer<TOut>>)((ref VBuffer<TOut> result) =>
        {
            getVector(ref vector);
            var items = vector.Values;
            var editor = VBufferEditor.Create(ref result, items.Length);
            for (var i = 0; i < items.Length; i++)
                editor.Values[i] = map(i, items[i]);
            result = editor.Commit();
        });
    }

    /// <summary>Reads the whole column; <paramref name="visit"/> gets slot and item.</summary>
    public static void ForEach<T>(IDataView data, DataViewSchema.Column column, Action<int, T> visit)
    {
        using var cursor = data.GetRowCursor([column]);
        var vector = column.Type is VectorDataViewType;
        var get = vector ? null : cursor.GetGetter<T>(column);
        var getVector = vector ? cursor.GetGetter<VBuffer<T>>(column) : null;
        T value = default;
        VBuffer<T> items = default;
        while (cursor.MoveNext())
        {
            if (!vector)
            {
                get(ref value);
                visit(0, value);
                continue;
            }
            getVector(ref items);
            for (var i = 0; i < items.Length; i++)
                visit(i, items.Values[i]);
        }
    }

    /// <summary>The number of slots of a column: 1 for a single value, 0 for a vector of unknown size.</summary>
    public static int SlotCount(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    public static DataViewType WithItem(DataViewType type, PrimitiveDataViewType item) =>
        type is VectorDataViewType vector ? new VectorDataViewType(item, [.. vector.Dimensions]) : item;

    /// <summary>NaN and empty text are missing; numbers of other kinds never are.</summary>
    public static bool IsMissing<T>(T value) => value switch
    {
        float f => float.IsNaN(f),
        double d => double.IsNaN(d),
        ReadOnlyMemory<char> text => text.IsEmpty,
        _ => false,
    };

    /// <summary>What stands for "not there": NaN for floating point, zero or empty text else.</summary>
    public static T Missing<T>() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;

    public static IEqualityComparer<T> Comparer<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)TextComparer.Instance : EqualityComparer<T>.Default;

    public static string ToText<T>(T value) => FormattableString.Invariant($"{value}");

    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> items)
    {
        writer.Write(items.Length);
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
        {
            foreach (var item in items)
                writer.Write(item.ToString());
            return;
        }
        writer.Write(Bytes(items));
    }

    public static T[] Read<T>(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        Check.Decode(count >= 0, "The model file is broken: a negative number of items");
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
        {
            var texts = new List<ReadOnlyMemory<char>>();
            for (var i = 0; i < count; i++)
                texts.Add(reader.ReadString().AsMemory());
            return (T[])(object)texts.ToArray();
        }
        var items = new T[count];
        var bytes = Bytes<T>(items);
        for (int done = 0, read; done < bytes.Length; done += read)
        {
            read = reader.Read(bytes[done..]);
            Check.Decode(read > 0, "The model file is broken: it ends too early");
        }
        return items;
    }

    // Only called for plain values, whose memory is their file format.
    private static Span<byte> Bytes<T>(ReadOnlySpan<T> items)
    {
        Check.That(!RuntimeHelpers.IsReferenceOrContainsReferences<T>(), $"Values of type {typeof(T)} cannot be saved");
        return MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items)), checked(items.Length * Unsafe.SizeOf<T>()));
    }

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>
    {
        public static readonly TextComparer Instance = new();

        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);
    }
}
