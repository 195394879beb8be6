namespace Ilt.Cli.Tests.Support;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("ilt-cli-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public string Root => path;

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes bytes and gives the path.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>The files in it, by name.</summary>
    public string[] Files => Directory.GetFiles(path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(path, f)).Order().ToArray();

    public void Dispose() => Directory.Delete(path, recursive: true);
}
