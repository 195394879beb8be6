namespace Ilt.Imaging;

/// <summary>Reads whole files, with errors that name them.</summary>
internal static class FileBytes
{
    /// <summary>The contents of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The path is a folder, or the file is larger than 2 GB.</exception>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) throw new ImageFormatException(path, "this is a folder; expected a file.");
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file.", path);
        // A pipe has no length, and reading it would wait for whoever writes into it.
        if (PictureFile.IsEmpty(path)) return [];
        if (new FileInfo(path).Length > Array.MaxLength) throw new ImageFormatException(path, "the file is larger than 2 GB, which is not supported.");
        return File.ReadAllBytes(path);
    }

    /// <summary>The rest of a stream.</summary>
    public static byte[] Read(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
