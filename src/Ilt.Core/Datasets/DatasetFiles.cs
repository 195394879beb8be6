namespace Ilt.Datasets;

/// <summary>Looks for files and folders of data sets, with errors that name what was expected where.</summary>
internal static class DatasetFiles
{
    /// <summary>A folder below another.</summary>
    /// <exception cref="DirectoryNotFoundException">One of them is missing; the message tells what is there instead.</exception>
    public static string Folder(string root, string relative, string layout)
    {
        RequireFolder(root, layout);
        var path = Path.Combine(root, relative);
        if (Directory.Exists(path)) return path;
        string[] found = [.. Directory.EnumerateDirectories(root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).Take(8)];
        throw new DirectoryNotFoundException(
            $"{root}: there is no folder {relative}, which {layout} has; found {(found.Length > 0 ? "the folders " + string.Join(", ", found) : "no folders")}. Give the folder that holds it.");
    }

    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    public static void RequireFolder(string path, string purpose)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"{path}: there is no such folder; expected {purpose}.");
    }

    /// <summary>A file that belongs to another.</summary>
    /// <exception cref="FileNotFoundException">It is missing; the message names both.</exception>
    public static string Companion(string path, string of) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path}: there is no such file; it belongs to {of}.", path);
}
