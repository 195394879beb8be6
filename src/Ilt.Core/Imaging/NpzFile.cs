using System.IO.Compression;

namespace Ilt.Imaging;

/// <summary>Reads and writes NumPy archives (.npz): a zip file of named arrays, compressed or not.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>Reads all arrays.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a zip file, truncated, or an array cannot be read; the message names it.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        var bytes = FileBytes.Read(path);
        var arrays = new Dictionary<string, NpyArray>();
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(Extension, StringComparison.Ordinal)))
            {
                using var stream = entry.Open();
                var name = entry.FullName[..^Extension.Length];
                arrays[name] = NpyFile.Read(stream, $"{path}, array '{name}'");
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new ImageFormatException(path, "the NumPy archive cannot be unpacked: it is truncated, damaged or not a zip file.", e);
        }
        return arrays;
    }

    /// <summary>Writes named arrays, compressed.</summary>
    /// <param name="path">The file; overwritten where it exists. Its folder must exist.</param>
    /// <param name="arrays">The arrays by name.</param>
    public static void Write(string path, IReadOnlyDictionary<string, NpyArray> arrays)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, array) in arrays)
        {
            using var stream = archive.CreateEntry(name + Extension).Open();
            NpyFile.Write(stream, array);
        }
    }
}
