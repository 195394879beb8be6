namespace Microsoft.ML.Data;

/// <summary>Where the columns of a table lie in a text file.</summary>
public sealed class TextLoader
{
    private TextLoader()
    {
    }

    /// <summary>A column: its name, the kind of its values, and the fields (counted from 0) they are in.</summary>
    public sealed class Column
    {
        public string Name;
        public Range[] Source;
        public KeyCount KeyCount;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Check.NotNull(name, nameof(name));
            Check.NotNull(source, nameof(source));
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Fields <see cref="Min"/> to <see cref="Max"/>, both included (no maximum: to the end of the first line); more than one, or <see cref="ForceVector"/>, makes a vector.</summary>
    public sealed class Range
    {
        public int Min;
        public int? Max;
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
            : this(index, index)
        {
        }

        public Range(int min, int? max)
        {
            Check.Param(min >= 0, nameof(min), "Must be non-negative");
            Check.Param(max is null || max >= min, nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
        }
    }

    public class Options
    {
        public bool AllowQuoting;
        public bool TrimWhitespace;
        public bool HasHeader;
        public bool MissingRealsAsNaNs;
        public char[] Separators = ['\t'];
        public Column[] Columns;
    }
}

/// <summary>The number of keys of a key column; the text then holds keys counted from 0.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count) => Count = count;
}
