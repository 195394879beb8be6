namespace Ilt.Datasets;

/// <summary>How the files of a folder of labels are found for those of a folder of images.</summary>
public sealed record FolderMatchOptions
{
    /// <summary>What a label's name has before that of its image; default nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What a label's name has after that of its image, for example <c>_mask</c>; default nothing.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>
    /// One spelling for names that look alike, such as ü as one character or as u with a mark; default null: .NET's normal form C, which a program
    /// without the libraries of globalization has for no letters but plain ones.
    /// </summary>
    public Func<string, string>? Compose { get; init; }

    /// <summary>Whether folders within the two are searched too; a label then lies in the folder of the same name. Default false.</summary>
    public bool Recursive { get; init; }
}

/// <summary>What was found in a folder of images and a folder of labels, left out, and missed.</summary>
/// <param name="Pairs">The images with their labels, by name; null labels where none was found.</param>
/// <param name="AlikeOnly">Pairs whose names are equal only but for case or the form of accents.</param>
/// <param name="UnusedLabels">Label files that no image has.</param>
/// <param name="HiddenFiles">Files passed over that systems leave beside others: names that begin with a point, Thumbs.db, desktop.ini.</param>
/// <param name="OtherFiles">Files passed over, by extension, since they are neither image nor label.</param>
/// <param name="FilesInSubfolders">Images in folders within that of the images, where those were not searched.</param>
/// <param name="LabelsAmongImages">Files of the folder of images passed over, since they are labels of others: both folders are one.</param>
public sealed record FolderMatch(
    IReadOnlyList<LabelledImage> Pairs, IReadOnlyList<LabelledImage> AlikeOnly, IReadOnlyList<string> UnusedLabels, int HiddenFiles,
    IReadOnlyDictionary<string, int> OtherFiles, int FilesInSubfolders, int LabelsAmongImages)
{
    /// <summary>Images without a label.</summary>
    public IEnumerable<LabelledImage> Bare => Pairs.Where(pair => pair.LabelPath is null);

    /// <summary>A prefix and a suffix under which most images without a label would have one, and how many would; null: there are none.</summary>
    public (string Prefix, string Suffix, int Count)? Proposal { get; init; }
}
