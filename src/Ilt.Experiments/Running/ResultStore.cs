using System.Text.Json;

namespace Ilt.Experiments;

/// <summary>The results of cells, a file each, put in place whole; what was killed on the way leaves nothing that counts.</summary>
internal sealed class ResultStore
{
    private const string Temporary = ".tmp";
    private readonly string folder;

    /// <summary>Opens the results below a folder, which is made where it is absent.</summary>
    public ResultStore(string output)
    {
        folder = Path.Combine(output, "cells");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Whether a cell is finished.</summary>
    public bool Has(Cell cell) => Read(cell) is not null;

    /// <summary>The result of a cell; null: there is none, or not of this cell, or its file is damaged.</summary>
    public CellResult? Read(Cell cell)
    {
        try
        {
            var path = PathOf(cell);
            if (!File.Exists(path)) return null;
            using var stream = File.OpenRead(path);
            var result = JsonSerializer.Deserialize(stream, ResultJson.Default.CellResult);
            return result?.Identity == cell.Identity ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a result; an earlier failure of the cell is forgotten.</summary>
    public void Write(Cell cell, CellResult result)
    {
        WriteWhole(PathOf(cell), JsonSerializer.SerializeToUtf8Bytes(result, ResultJson.Default.CellResult));
        File.Delete(FailureOf(cell));
    }

    /// <summary>Keeps why a cell failed.</summary>
    public void WriteFailure(Cell cell, string message) =>
        WriteWhole(FailureOf(cell), JsonSerializer.SerializeToUtf8Bytes(new CellFailure(cell.ToString(), message), ResultJson.Default.CellFailure));

    /// <summary>Why a cell failed; null: it did not.</summary>
    public string? ReadFailure(Cell cell)
    {
        if (!File.Exists(FailureOf(cell))) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(FailureOf(cell)), ResultJson.Default.CellFailure)?.Message;
        }
        catch (JsonException)
        {
            return "(its message is damaged)";
        }
    }

    /// <summary>Removes what killed processes left behind; nobody else may be writing.</summary>
    public void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Temporary).ToArray()) File.Delete(path);
    }

    /// <summary>Writes a file to a name of its own first, and then puts it in place.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Environment.ProcessId}{Temporary}";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(Cell cell) => Path.Combine(folder, cell.Key + ".json");

    private string FailureOf(Cell cell) => Path.Combine(folder, cell.Key + ".failed.json");
}
