using Ilt.Cli.Tasks;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>
/// Notices masks in which only one class is left beside the ignored pixels. The usual cause: masks of 0 and 255, whose foreground is taken
/// for "no label".
/// </summary>
internal static class OneClassMasks
{
    /// <summary>Refuses such masks; reads no more of them than it takes to find a second class.</summary>
    public static void Refuse(TaskLabel label, IReadOnlyList<int> rows, ImageOptions options, CancellationToken cancellation)
    {
        var encoding = options.Classes.Encoding;
        if (encoding.ClassMap is not null || encoding.InstanceIds)
            return;
        var seen = new bool[256];
        foreach (var row in rows.Where(label.IsLabelled))
        {
            cancellation.ThrowIfCancellationRequested();
            ByteImage mask;
            try
            {
                mask = LabelFiles.ReadMask(label.PathOf(row, options.LabelFolder), encoding);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                continue; // reported, with its row, when the rows are read
            }

            foreach (var id in mask.Pixels)
                seen[id] = true;
            if (seen.AsSpan(0, MaskEncoding.Ignored).Count(true) > 1)
                return;
        }

        var only = Array.IndexOf(seen, true);
        if (only < 0)
            return;
        throw new UserErrorException(only < MaskEncoding.Ignored
            ? FormattableString.Invariant($"{label.Spec.Option}: the masks hold one class only, {only}{(seen[MaskEncoding.Ignored] ? $", beside pixels of the ignore value {encoding.IgnoreValue}" : "")}, so there is nothing to tell apart; ")
                + "for masks of 0 and 255 (or any background and foreground) say --classes-map binary."
            : FormattableString.Invariant($"{label.Spec.Option}: every pixel of every mask has the ignore value {encoding.IgnoreValue}; give the right --ignore-value, or --ignore-value none."));
    }
}
