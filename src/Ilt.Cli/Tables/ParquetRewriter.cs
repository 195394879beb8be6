using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Ilt.Cli.Tables;

/// <summary>Writes a Parquet table again with some cells replaced and some rows left out, group of rows by group: schema, metadata and compression stay.</summary>
internal sealed class ParquetRewriter
{
    private readonly Table table;
    private readonly HashSet<int> columns;
    private readonly Func<int, int, string?> replacement;
    private readonly Func<int, bool> isLeftOut;

    private ParquetRewriter(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement, Func<int, bool> isLeftOut)
    {
        this.table = table;
        this.columns = [.. columns];
        this.replacement = replacement;
        this.isLeftOut = isLeftOut;
    }

    /// <summary>The bytes of the table; see <see cref="TableRewriter.Rewrite"/>.</summary>
    /// <exception cref="UserErrorException">A new cell does not fit the type of its column.</exception>
    public static byte[] Rewrite(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement, Func<int, bool> isLeftOut) =>
        new ParquetRewriter(table, columns, replacement, isLeftOut).WriteAsync().GetAwaiter().GetResult();

    private async Task<byte[]> WriteAsync()
    {
        using var stream = table.Source.Open();
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        using var output = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(reader.Schema, output, new ParquetOptions { CompressionMethod = CompressionOf(reader) }).ConfigureAwait(false))
        {
            writer.CustomMetadata = reader.CustomMetadata;
            var start = 0;
            for (var g = 0; g < reader.RowGroupCount; g++)
            {
                using var from = reader.OpenRowGroupReader(g);
                var count = (int)from.RowCount;
                var first = start;
                var kept = Enumerable.Range(0, count).Where(row => !isLeftOut(first + row)).ToArray();
                start += count;
                if (kept.Length == 0)
                    continue;
                using var to = writer.CreateRowGroup();
                for (var column = 0; column < reader.Schema.DataFields.Length; column++)
                    await Copy(from, to, reader.Schema.DataFields[column], new Rows(column, first, kept)).ConfigureAwait(false);
            }
        }

        return output.ToArray();
    }

    // Where groups or columns differ, that of the first counts.
    private static CompressionMethod CompressionOf(ParquetReader reader) =>
        Enum.TryParse<CompressionMethod>(reader.Metadata?.RowGroups.FirstOrDefault()?.Columns.FirstOrDefault()?.MetaData?.Codec.ToString(), ignoreCase: true, out var method) ? method : CompressionMethod.Snappy;

    private Task Copy(ParquetRowGroupReader from, ParquetRowGroupWriter to, DataField field, Rows rows)
    {
        var type = field.ClrType;
        if (type == typeof(bool)) return Values<bool>(from, to, field, rows);
        if (type == typeof(DateTime)) return Values<DateTime>(from, to, field, rows);
        if (type == typeof(DateTimeOffset)) return Values<DateTimeOffset>(from, to, field, rows);
        if (type == typeof(DateOnly)) return Values<DateOnly>(from, to, field, rows);
        if (type == typeof(Guid)) return Values<Guid>(from, to, field, rows);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Double => Values<double>(from, to, field, rows),
            TypeCode.Single => Values<float>(from, to, field, rows),
            TypeCode.SByte => Values<sbyte>(from, to, field, rows),
            TypeCode.Byte => Values<byte>(from, to, field, rows),
            TypeCode.Int16 => Values<short>(from, to, field, rows),
            TypeCode.UInt16 => Values<ushort>(from, to, field, rows),
            TypeCode.Int32 => Values<int>(from, to, field, rows),
            TypeCode.UInt32 => Values<uint>(from, to, field, rows),
            TypeCode.Int64 => Values<long>(from, to, field, rows),
            TypeCode.UInt64 => Values<ulong>(from, to, field, rows),
            TypeCode.Decimal => Values<decimal>(from, to, field, rows),
            _ => Texts(from, to, field, rows), // the reader has refused all others
        };
    }

    private async Task Texts(ParquetRowGroupReader from, ParquetRowGroupWriter to, DataField field, Rows rows)
    {
        var old = new string[from.RowCount];
        await from.ReadAsync(field, old.AsMemory()!).ConfigureAwait(false);
        await to.WriteAsync(field, Array.ConvertAll(rows.Kept, row => New(rows, row) is not { } text ? old[row] : ReferenceEquals(text, TableRewriter.Missing) ? Null<string>(field)! : text)).ConfigureAwait(false);
    }

    private async Task Values<T>(ParquetRowGroupReader from, ParquetRowGroupWriter to, DataField field, Rows rows)
        where T : struct, IParsable<T>
    {
        if (field.IsNullable)
        {
            var old = new T?[from.RowCount];
            await from.ReadAsync(field, old.AsMemory()).ConfigureAwait(false);
            await to.WriteAsync<T>(field, Array.ConvertAll(rows.Kept, row => New(rows, row) is { } text ? Parse<T>(field, rows, row, text) : old[row])).ConfigureAwait(false);
            return;
        }

        var plain = new T[from.RowCount];
        await from.ReadAsync(field, plain.AsMemory()).ConfigureAwait(false);
        await to.WriteAsync<T>(field, Array.ConvertAll(rows.Kept, row => New(rows, row) is { } text ? Parse<T>(field, rows, row, text)!.Value : plain[row])).ConfigureAwait(false);
    }

    private string? New(Rows rows, int row) => columns.Contains(rows.Column) ? replacement(rows.First + row, rows.Column) : null;

    private T? Parse<T>(DataField field, Rows rows, int row, string text)
        where T : struct, IParsable<T>
    {
        if (ReferenceEquals(text, TableRewriter.Missing))
            return Null<T?>(field);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException($"{table.Source.Path}: row {rows.First + row + 1}, column '{field.Name}' holds {typeof(T).Name}, and the new label '{text}' is none; write the column as one of a type that holds it, or leave the row out.");
    }

    private T? Null<T>(DataField field) => field.IsNullable
        ? default
        : throw new UserErrorException($"{table.Source.Path}: column '{field.Name}' is declared as never null, so no label of it can be made missing; leave such rows out (--rule drop), or write the file with a nullable column.");

    /// <summary>A column's rows of a group.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="First">The row of the table with which the group starts.</param>
    /// <param name="Kept">The rows of the group that are written.</param>
    private sealed record Rows(int Column, int First, int[] Kept);
}
