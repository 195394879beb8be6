using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Reads MATLAB 5 files (.mat, as MATLAB's <c>save -v6</c> and <c>-v7</c> and SciPy's <c>savemat</c> write them) of either byte order, compressed
/// or not. A variable is unpacked when it is asked for, so that one frame of a long file costs one frame. Thread-safe.
/// </summary>
/// <remarks>
/// Variables may be numbers of any type, logical values, text and cells of these. Structures, objects, functions, sparse matrices and
/// complex numbers are refused, each with its name; other variables of the same file can still be read. Files of version 7.3 are HDF5
/// files, and those of version 4 have no header: both are refused with advice.
/// </remarks>
public sealed class MatFile
{
    private readonly Dictionary<string, MatEntry> entries = [];
    private readonly byte[] file;
    private readonly bool bigEndian;
    private readonly string path;

    private MatFile(byte[] file, string path)
    {
        (this.file, this.path) = (file, path);
        bigEndian = MatHeader.ReadBigEndian(file, path);
        foreach (var entry in MatHeader.Entries(file, bigEndian, path)) entries[entry.Name] = entry;
    }

    /// <summary>The file, for messages.</summary>
    public string Path => path;

    /// <summary>Names of the variables, in the order of the file.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Opens a file and lists its variables.</summary>
    /// <param name="path">The file; read as a whole and closed again.</param>
    /// <returns>The file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a MATLAB 5 file, or truncated; the message names the variable where that is known.</exception>
    public static MatFile Open(string path) => new(FileBytes.Read(path), path);

    /// <summary>Opens a file in memory.</summary>
    /// <param name="contents">The file; not copied.</param>
    /// <param name="name">Name for messages.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ImageFormatException">As for <see cref="Open(string)"/>.</exception>
    public static MatFile Open(byte[] contents, string name)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return new MatFile(contents, name);
    }

    /// <summary>Whether there is a variable of this name.</summary>
    /// <param name="name">Its name; case matters.</param>
    public bool Contains(string name) => entries.ContainsKey(name);

    /// <summary>Reads a variable.</summary>
    /// <param name="name">Its name; case matters.</param>
    /// <returns>The variable.</returns>
    /// <exception cref="ImageFormatException">There is no such variable, it is damaged, or of a kind that is not supported; the message names it.</exception>
    public MatArray Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new ImageFormatException(path, $"there is no variable '{name}'; found {List()}. The file may be of another kind, or truncated after one of them.");
        var bytes = entry.Compressed ? MatInflate.All(file.AsSpan(entry.Offset, entry.Length), path, name) : file.AsMemory(entry.Offset, entry.Length);
        var reader = new MatReader(bytes, bigEndian, path, name);
        if (!entry.Compressed) return reader.ReadMatrix();
        // What was compressed is a whole element again, with its own tag.
        var tag = reader.ReadTag();
        return tag.Type == MatType.Matrix ? new MatReader(reader.Take(tag), bigEndian, path, name).ReadMatrix() : throw reader.Damaged("holds no array");
    }

    private string List()
    {
        const int Most = 8;
        var names = string.Join(", ", entries.Keys.Take(Most));
        return entries.Count == 0 ? "no variables" : entries.Count <= Most ? names : FormattableString.Invariant($"{names} and {entries.Count - Most} more");
    }
}
