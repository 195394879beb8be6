namespace Ilt.Datasets;

/// <summary>
/// Lists the clips of SURREAL (Varol et al., 2017) in its own layout, <c>ROOT/SPLIT/RUN/SEQUENCE/SEQUENCE_c0001_info.mat</c> and so on. The data
/// are under a licence of their own: whoever has them brings them.
/// </summary>
public static class SurrealDataset
{
    private const string Layout = "SURREAL";
    private const string InfoSuffix = "_info.mat";

    /// <summary>Height of every frame, in pixels.</summary>
    public const int Height = 240;

    /// <summary>Width of every frame, in pixels.</summary>
    public const int Width = 320;

    /// <summary>The clips of a split, by run, sequence and number.</summary>
    /// <param name="root">The folder that holds the splits: <c>SURREAL/data/cmu</c>.</param>
    /// <param name="split">train, val or test.</param>
    /// <param name="run">run0, run1 or run2 (clips that overlap by 50, 30 and 70 %); default null: all of them.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the split or run is missing.</exception>
    /// <exception cref="FileNotFoundException">It holds no clips.</exception>
    public static IReadOnlyList<SurrealClip> List(string root, string split, string? run = null)
    {
        var folder = DatasetFiles.Folder(root, split, Layout);
        if (run is not null) folder = DatasetFiles.Folder(folder, run, Layout);
        var split0 = Path.Combine(root, split);
        SurrealClip[] clips = [.. Directory.EnumerateFiles(folder, "*" + InfoSuffix, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(info => Clip(split0, info))];
        return clips.Length > 0 ? clips : throw new FileNotFoundException($"{folder}: there are no files SEQUENCE_c0001{InfoSuffix} in this folder or below.");
    }

    private static SurrealClip Clip(string folder, string info)
    {
        var stem = info[..^InfoSuffix.Length];
        var name = Path.GetFileName(stem);
        var clip = name.LastIndexOf("_c", StringComparison.Ordinal);
        return new SurrealClip(
            Path.GetRelativePath(folder, stem).Replace(Path.DirectorySeparatorChar, '/'),
            clip > 0 ? name[..clip] : name,
            info,
            Existing(stem + "_segm.mat"),
            Existing(stem + "_depth.mat"),
            Existing(stem + ".mp4"),
            stem);
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
