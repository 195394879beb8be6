using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Cuts a line into fields.</summary>
internal static class FieldSplitter
{
    public static string[] Split(string line, TextLoader.Options options)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; ; i++)
        {
            field.Clear();
            if (options.AllowQuoting && i < line.Length && line[i] == '"')
            {
                for (i++; i < line.Length; i++)
                {
                    if (line[i] != '"')
                        field.Append(line[i]);
                    else if (i + 1 < line.Length && line[i + 1] == '"')
                        field.Append(line[i++]);
                    else
                        break;
                }
                i++;
            }
            for (; i < line.Length && !options.Separators.Contains(line[i]); i++)
                field.Append(line[i]);
            fields.Add(options.TrimWhitespace ? field.ToString().Trim() : field.ToString());
            if (i >= line.Length)
                return [.. fields];
        }
    }
}

/// <summary>Turns the text of a field into a value. What cannot be read is missing: NaN, key 0, zero.</summary>
internal static class FieldParser
{
    private const NumberStyles Real = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>A <c>Func</c> from text to the item's raw type.</summary>
    public static Delegate For(DataViewType item, bool emptyIsNaN)
    {
        if (item is KeyDataViewType key)
        {
            ulong Raw(string s) => ulong.TryParse(s.Trim(), CultureInfo.InvariantCulture, out var n) && n < key.Count ? n + 1 : 0;
            if (key.RawType == typeof(uint))
                return (Func<string, uint>)(s => (uint)Raw(s));
            if (key.RawType == typeof(ulong))
                return (Func<string, ulong>)Raw;
            return key.RawType == typeof(byte) ? (Func<string, byte>)(s => (byte)Raw(s)) : (Func<string, ushort>)(s => (ushort)Raw(s));
        }
        return DataKinds.KindOf(item) switch
        {
            DataKind.String => (string s) => s.AsMemory(),
            DataKind.Boolean => (string s) => s.Trim().ToLowerInvariant() is "1" or "true" or "t" or "yes" or "y" or "+" or "+1",
            DataKind.Single => (string s) => string.IsNullOrWhiteSpace(s) ? emptyIsNaN ? float.NaN : 0 : float.TryParse(s, Real, CultureInfo.InvariantCulture, out var x) ? x : float.NaN,
            DataKind.Double => (string s) => string.IsNullOrWhiteSpace(s) ? emptyIsNaN ? double.NaN : 0 : double.TryParse(s, Real, CultureInfo.InvariantCulture, out var x) ? x : double.NaN,
            DataKind.SByte => Whole<sbyte>(),
            DataKind.Byte => Whole<byte>(),
            DataKind.Int16 => Whole<short>(),
            DataKind.UInt16 => Whole<ushort>(),
            DataKind.Int32 => Whole<int>(),
            DataKind.UInt32 => Whole<uint>(),
            DataKind.Int64 => Whole<long>(),
            _ => Whole<ulong>(),
        };
    }

    private static Func<string, T> Whole<T>()
        where T : struct, ISpanParsable<T> => s => T.TryParse(s.Trim(), CultureInfo.InvariantCulture, out var x) ? x : default;
}
