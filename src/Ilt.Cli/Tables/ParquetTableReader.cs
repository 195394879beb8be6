using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Ilt.Cli.Tables;

/// <summary>
/// Reads a Parquet file. Its types say what the columns are: numbers are numbers, texts are texts whatever they say, null is missing. Columns
/// that hold lists, records or bytes are refused by name.
/// </summary>
internal static class ParquetTableReader
{
    private const string DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private const int MostShared = 1 << 16;
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Whether bytes are those of a Parquet file.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PAR1"u8);

    /// <summary>Reads the cells.</summary>
    public static RawTable Read(SourceText source)
    {
        try
        {
            return ReadAsync(source).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (UserErrorException or OutOfMemoryException))
        {
            throw new UserErrorException($"{source.Path}: cannot be read as Parquet ({e.Message.TrimEnd('.')}); write the file again, or give a CSV file.", e);
        }
    }

    private static async Task<RawTable> ReadAsync(SourceText source)
    {
        using var stream = source.Open();
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        foreach (var field in reader.Schema.Fields)
        {
            if (field is not DataField { IsArray: false })
                throw new UserErrorException($"{source.Path}: column '{field.Name}' holds lists or records, and a table has one value per cell; write the column out as columns of its own, or leave it out of the file.");
        }

        var fields = reader.Schema.DataFields;
        var columns = new RawColumn[fields.Length];
        var rows = reader.RowGroups.Sum(group => group.RowCount);
        if (rows == 0 || fields.Length == 0)
            throw new UserErrorException($"{source.Path}: the file holds no data rows; add rows.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            if (!seen.Add(UnicodeForm.Compose(fields[i].Name)))
                throw new UserErrorException($"{source.Path}: two columns are named '{fields[i].Name}'; give each column its own name.");
            columns[i] = await ReadColumn(source.Path, reader, fields[i], checked((int)rows)).ConfigureAwait(false);
        }

        return new RawTable(source, TableFormat.Parquet, columns, [.. Enumerable.Range(1, (int)rows)]);
    }

    private static async Task<RawColumn> ReadColumn(string path, ParquetReader reader, DataField field, int rows)
    {
        var type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string[rows];
            await ForGroups(reader, (group, at, count) => group.ReadAsync(field, texts.AsMemory(at, count)!)).ConfigureAwait(false);
            return new RawColumn(field.Name, new TextCells(Shared(texts))) { Declared = ColumnKind.Text, DeclaresMissing = true };
        }

        if (type == typeof(bool))
            return await Texts<bool>(v => v ? "true" : "false", null).ConfigureAwait(false);
        if (type == typeof(DateTime))
            return await Texts<DateTime>(v => v.ToString(DateTimeFormat, CultureInfo.InvariantCulture), DateTimeFormat).ConfigureAwait(false);
        if (type == typeof(DateTimeOffset))
            return await Texts<DateTimeOffset>(v => v.UtcDateTime.ToString(DateTimeFormat, CultureInfo.InvariantCulture), DateTimeFormat).ConfigureAwait(false);
        if (type == typeof(DateOnly))
            return await Texts<DateOnly>(v => v.ToString(DayFormat, CultureInfo.InvariantCulture), DayFormat).ConfigureAwait(false);
        if (type == typeof(Guid))
            return await Texts<Guid>(v => v.ToString(), null).ConfigureAwait(false);
        return await (Type.GetTypeCode(type) switch
        {
            TypeCode.Double => Numbers<double>(v => v),
            TypeCode.Single => Singles(),
            TypeCode.SByte => Numbers<sbyte>(v => v),
            TypeCode.Byte => Numbers<byte>(v => v),
            TypeCode.Int16 => Numbers<short>(v => v),
            TypeCode.UInt16 => Numbers<ushort>(v => v),
            TypeCode.Int32 => Numbers<int>(v => v),
            TypeCode.UInt32 => Numbers<uint>(v => v),
            // As texts: a long id has more digits than a double holds.
            TypeCode.Int64 => Integers<long>(),
            TypeCode.UInt64 => Integers<ulong>(),
            TypeCode.Decimal => Integers<decimal>(),
            _ => throw new UserErrorException($"{path}: column '{field.Name}' holds {type.Name}; a table has numbers, texts, booleans and dates: write it as one of these, or leave it out of the file."),
        }).ConfigureAwait(false);

        async Task<RawColumn> Singles() => new(field.Name, new SingleCells(Array.ConvertAll(await Values<float>().ConfigureAwait(false), v => v ?? float.NaN)))
        {
            Declared = ColumnKind.Number, DeclaresMissing = true,
        };

        async Task<RawColumn> Numbers<T>(Func<T, double> number)
            where T : struct
        {
            var values = await Values<T>().ConfigureAwait(false);
            return new RawColumn(field.Name, new NumberCells(Array.ConvertAll(values, v => v is { } value ? number(value) : double.NaN)))
            {
                Declared = ColumnKind.Number, DeclaresMissing = true,
            };
        }

        async Task<RawColumn> Integers<T>()
            where T : struct, IFormattable => new(field.Name, new TextCells(Shared(Array.ConvertAll(await Values<T>().ConfigureAwait(false), v => v?.ToString(null, CultureInfo.InvariantCulture) ?? ""))))
            {
                Declared = ColumnKind.Number, DeclaresMissing = true,
            };

        async Task<RawColumn> Texts<T>(Func<T, string> text, string? dates)
            where T : struct => new(field.Name, new TextCells(Shared(Array.ConvertAll(await Values<T>().ConfigureAwait(false), v => v is { } value ? text(value) : ""))))
            {
                Declared = dates is null ? ColumnKind.Text : ColumnKind.Date, DateFormat = dates, DeclaresMissing = true,
            };

        async Task<T?[]> Values<T>()
            where T : struct
        {
            var values = new T?[rows];
            if (field.IsNullable)
            {
                await ForGroups(reader, (group, at, count) => group.ReadAsync(field, values.AsMemory(at, count))).ConfigureAwait(false);
                return values;
            }

            var plain = new T[rows];
            await ForGroups(reader, (group, at, count) => group.ReadAsync(field, plain.AsMemory(at, count))).ConfigureAwait(false);
            return Array.ConvertAll(plain, v => (T?)v);
        }
    }

    // Most texts of a table repeat, and the file's are one each.
    private static string[] Shared(string[] texts)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < texts.Length; row++)
        {
            var text = texts[row] ?? "";
            if (seen.Count < MostShared) seen.TryAdd(text, text);
            texts[row] = seen.GetValueOrDefault(text, text);
        }

        return texts;
    }

    private static async Task ForGroups(ParquetReader reader, Func<ParquetRowGroupReader, int, int, ValueTask> read)
    {
        var at = 0;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var count = (int)group.RowCount;
            await read(group, at, count).ConfigureAwait(false);
            at += count;
        }
    }
}
