namespace Ilt.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ilt-core-").FullName;

    /// <summary>A path in the folder; the folders on the way to it are made.</summary>
    public string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Root, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a file.</summary>
    public string File(string name, byte[] contents)
    {
        var path = Path(name);
        System.IO.File.WriteAllBytes(path, contents);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
