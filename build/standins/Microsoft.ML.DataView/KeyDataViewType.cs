namespace Microsoft.ML.Data;

/// <summary>A category: raw values run from 1 to <see cref="Count"/>, 0 is missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, int count)
        : this(type, (ulong)Math.Max(count, 0))
    {
    }

    internal KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        if (!CanHoldKeys(type))
            throw new ArgumentException($"A key column must have one of the following types: byte, ushort, uint, ulong; found {type}.", nameof(type));
        Check.Param(count > 0 && count <= Max(type), nameof(count), "The cardinality of a key must be above zero and fit the type");
        Count = count;
    }

    public ulong Count { get; }

    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    internal static bool CanHoldKeys(Type type) => type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    private static ulong Max(Type type) =>
        type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
}
