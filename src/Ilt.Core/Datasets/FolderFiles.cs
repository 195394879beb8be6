using System.Text;

namespace Ilt.Datasets;

/// <summary>The files of a folder that could be images, or labels, by name: the path within the folder without extension.</summary>
internal sealed class FolderFiles
{
    private static readonly string[] Litter = ["thumbs.db", "desktop.ini", "icon\r"];

    /// <param name="folder">The folder.</param>
    /// <param name="purpose">What it is to be, for messages.</param>
    /// <param name="first">Extensions that count before others of one name; two of these are an error.</param>
    /// <param name="second">Extensions that count where no file of the first has the name.</param>
    /// <param name="recursive">Whether folders within are searched.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="IOException">Two files differ in their extension only.</exception>
    public FolderFiles(string folder, string purpose, string[] first, string[] second, bool recursive)
    {
        DatasetFiles.RequireFolder(folder, purpose);
        var others = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var path in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var extension = Path.GetExtension(path).ToLowerInvariant();
            if (name.StartsWith('.') || Litter.Contains(name.ToLowerInvariant()))
            {
                Hidden++;
                continue;
            }
            var rank = first.Contains(extension) ? 0 : second.Contains(extension) ? 1 : 2;
            if (rank == 2)
            {
                others[extension] = others.GetValueOrDefault(extension) + 1;
                continue;
            }
            var stem = Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/');
            if (!ByName.TryGetValue(stem, out var known)) ByName[stem] = path;
            else if (first.Contains(Path.GetExtension(known).ToLowerInvariant()) == (rank == 0))
                throw new IOException($"{path}: {Path.GetFileName(known)} has the same name but for its extension; remove one of the two.");
            else if (rank == 0) ByName[stem] = path;
        }
        Others = others;
        if (!recursive)
            InSubfolders = Directory.EnumerateDirectories(folder).Where(sub => !Path.GetFileName(sub).StartsWith('.'))
                .Sum(sub => Directory.EnumerateFiles(sub, "*", SearchOption.AllDirectories).Count(path => IsOne(path, first) || IsOne(path, second)));
    }

    /// <summary>Full paths.</summary>
    public SortedDictionary<string, string> ByName { get; } = new(StringComparer.Ordinal);

    public int Hidden { get; }

    public IReadOnlyDictionary<string, int> Others { get; }

    public int InSubfolders { get; }

    /// <summary>A name in which case and the form of accents make no difference.</summary>
    public static string Folded(string name, Func<string, string>? compose) => (compose?.Invoke(name) ?? name.Normalize(NormalizationForm.FormC)).ToUpperInvariant();

    private static bool IsOne(string path, string[] extensions)
        => !Path.GetFileName(path).StartsWith('.') && extensions.Contains(Path.GetExtension(path).ToLowerInvariant());
}
