using Ilt.Cli.Output;
using Ilt.Datasets;

namespace Ilt.Cli.Commands;

/// <summary>Says how the files of two folders went together, what was left out, and which option helps.</summary>
internal static class FolderNotes
{
    private static readonly string[] Unread = [".tif", ".tiff", ".heic", ".heif", ".avif"];

    /// <summary>One line for each thing that a person would not expect; none where every image has its label and nothing else is there.</summary>
    public static IEnumerable<string> Of(FolderMatch match, string noun, FolderMatchOptions options)
    {
        LabelledImage[] bare = [.. match.Bare];
        if (bare.Length > 0)
            yield return FormattableString.Invariant($"{bare.Length} of {match.Pairs.Count} images have no {noun}, first {bare[0].ImagePath}; they are rows without that label{Help(match, options)}.");
        if (match.AlikeOnly is [var alike, ..])
            yield return FormattableString.Invariant($"{Count(match.AlikeOnly.Count, "pair has names", "pairs have names")} that differ only in case or in the form of accents, first {alike.ImagePath} and {alike.LabelPath}.");
        if (match.UnusedLabels is [var unused, ..])
            yield return FormattableString.Invariant($"{Count(match.UnusedLabels.Count, $"{noun} has", $"{noun}s have")} no image and {(match.UnusedLabels.Count == 1 ? "is" : "are")} left out, first {unused}{(bare.Length == 0 ? Help(match, options) : "")}.");
        if (match.LabelsAmongImages > 0)
            yield return FormattableString.Invariant($"{Count(match.LabelsAmongImages, "file is", "files are")} no image but the {noun} of one, since both lie in one folder.");
        if (match.FilesInSubfolders > 0)
            yield return FormattableString.Invariant($"{Count(match.FilesInSubfolders, "image lies", "images lie")} in folders within that of the images and {(match.FilesInSubfolders == 1 ? "is" : "are")} left out; --recursive takes them in.");
        if (match.HiddenFiles > 0)
            yield return FormattableString.Invariant($"{Count(match.HiddenFiles, "file was", "files were")} passed over that systems leave beside others (names that begin with a point, Thumbs.db).");
        foreach (var (extension, count) in match.OtherFiles)
        {
            yield return Unread.Contains(extension)
                ? FormattableString.Invariant($"{Count(count, "file was", "files were")} passed over: {extension} is not read; save as PNG (ImageMagick: magick mogrify -format png *{extension}).")
                : FormattableString.Invariant($"{Count(count, "file was", "files were")} passed over: {(extension.Length == 0 ? "no extension" : extension)} is neither image nor {noun}.");
        }
    }

    /// <summary>The error where no image has a label at all.</summary>
    public static string NothingPaired(FolderMatch match, string labels, string noun, FolderMatchOptions options)
    {
        var unread = string.Concat(match.OtherFiles.Where(entry => Unread.Contains(entry.Key)).Select(entry =>
            FormattableString.Invariant($" {entry.Value} files are {entry.Key}, which is not read; save them as PNG (ImageMagick: magick mogrify -format png *{entry.Key}).")));
        var first = match.Pairs[0];
        return FormattableString.Invariant($"{labels}: {match.Pairs.Count} of {match.Pairs.Count} images have no label in this folder; the first one is {first.ImagePath}, which needs {options.Prefix}{first.Id}{options.Suffix}.png or .npy{Help(match, options)}.{unread}");
    }

    private static string Help(FolderMatch match, FolderMatchOptions options)
    {
        if (match.Proposal is { } proposal)
        {
            string[] words = [.. proposal.Prefix != options.Prefix ? new[] { $"--prefix {ShellWords.Quoted(proposal.Prefix.Length == 0 ? "\"\"" : proposal.Prefix)}" } : [], .. proposal.Suffix != options.Suffix ? new[] { $"--suffix {ShellWords.Quoted(proposal.Suffix.Length == 0 ? "\"\"" : proposal.Suffix)}" } : []];
            return FormattableString.Invariant($"; with {string.Join(" ", words)} {proposal.Count} would have one");
        }

        return "";
    }

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : FormattableString.Invariant($"{count} {many}");
}
