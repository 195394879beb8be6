using Parquet;
using Parquet.Schema;

namespace Ilt.Cli.Tests.Support;

/// <summary>A small Parquet file: four rows in two groups.</summary>
internal static class ParquetFile
{
    public static async Task<string> Write(string path)
    {
        DataField<string> name = new("name", true);
        DataField<double> x = new("x", true);
        DataField<long> n = new("n", false);
        DataField<DateTime> when = new("when", false);
        DataField<bool> ok = new("ok", false);
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(name, x, n, when, ok), stream, new ParquetOptions { CompressionMethod = CompressionMethod.Gzip });
        writer.CustomMetadata = new Dictionary<string, string> { ["made by"] = "a test" };
        // Two groups of rows, as large files have.
        for (var at = 0; at < 4; at += 2)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(name, new[] { " a ", "NA", null!, "07" }[at..(at + 2)]);
            await group.WriteAsync<double>(x, new double?[] { 1.5, double.NaN, null, 4 }.AsMemory(at, 2));
            await group.WriteAsync<long>(n, new long[] { 9007199254740993, 2, 3, 4 }.AsMemory(at, 2));
            await group.WriteAsync<DateTime>(when, Enumerable.Range(1, 4).Select(i => new DateTime(2024, i, i, 10, 0, 0, DateTimeKind.Utc)).ToArray().AsMemory(at, 2));
            await group.WriteAsync<bool>(ok, new[] { true, false, true, false }.AsMemory(at, 2));
        }

        return path;
    }
}
