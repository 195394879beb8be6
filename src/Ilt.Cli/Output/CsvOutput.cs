using CsvHelper;

namespace Ilt.Cli.Output;

/// <summary>Writes comma-separated UTF-8 with a header line, line feeds, and quotes only where needed.</summary>
internal static class CsvOutput
{
    private const int BufferSize = 1 << 18;

    /// <summary>Writes header and rows to a file, whole or not at all; with <paramref name="isSafe"/> cells are no formulas, see <see cref="CsvSafe"/>.</summary>
    public static void Write(string path, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, bool isSafe = false) => Write(path, header, isSafe, writer =>
    {
        foreach (var row in rows)
            WriteRecord(writer, row, isSafe);
    });

    /// <summary>Writes the header, and lets the rows be written one by one.</summary>
    public static void Write(string path, IReadOnlyList<string> header, bool isSafe, Action<CsvWriter> rows) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", BufferSize = BufferSize }, leaveOpen: true);
            WriteRecord(writer, header, isSafe);
            rows(writer);
        });

    private static void WriteRecord(CsvWriter writer, IReadOnlyList<string> fields, bool isSafe)
    {
        foreach (var field in fields)
            writer.WriteField(isSafe ? CsvSafe.Escape(field) : field);
        writer.EndRecord();
    }
}
