using Ilt.Bodies;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Draws the most suspicious rows of a run with a body: image | given mask | predicted mask | given body | predicted body.</summary>
internal static class BodyPictureFiles
{
    /// <summary>The folder within the output folder; in it one folder per task.</summary>
    public const string FolderName = "pictures";

    private const int DefaultCount = 10;
    private const int ShownSide = 256;

    // Where the body stands in the camera's frame: no task, since a network sees it poorly, but needed to draw.
    private static readonly string[] PlaceColumns = ["trans_x", "trans_y", "trans_z"];

    /// <summary>Refuses pictures that cannot be drawn, where they were asked for.</summary>
    public static void Require(FlagOptions options, BodyOfTasks? body, Table table)
    {
        if (options.Images?.Pictures is not > 0)
            return;
        if (body is null)
            throw new UserErrorException($"--pictures {options.Images.Pictures}: draws bodies; add --task surface=vertices:SHAPE,POSE and --body, or leave --pictures out.");
        if (body.Surface.Model.JointCount != BodyParts.JointCount)
            throw new UserErrorException($"--pictures {options.Images.Pictures}: draws bodies of {BodyParts.JointCount} joints, found {body.Surface.Model.JointCount}; leave it out.");
        foreach (var name in PlaceColumns)
            _ = table.Column(name, "--pictures").ToNumbers("the place of the body");
    }

    /// <summary>Draws the first rows of the surface, its shape and pose, and the masks. Gives how many; none where that is not possible.</summary>
    public static int Write(FlagOptions options, FlagData data, FlagResult result, CancellationToken cancellation)
    {
        var count = data.Images?.Options.Pictures ?? DefaultCount;
        if (data.Images is null || PersonTasks.Surfaces(data.Labels).FirstOrDefault() is not { } surface || count == 0
            || data.Body!.Surface.Model.JointCount != BodyParts.JointCount || !PlaceColumns.All(data.Table.Contains))
            return 0;
        string[] tasks = [surface.Spec.Name, surface.Shape.Spec.Name, surface.Pose.Spec.Name, .. PersonTasks.Parts(data.Labels).Select(label => label.Spec.Name)];
        var rowOfId = Enumerable.Range(0, data.Table.RowCount).ToDictionary(row => data.Ids.Ids[row], StringComparer.Ordinal);
        var shown = result.ReadRows(count).Where(row => tasks.Contains(row.Task)).ToLookup(row => rowOfId[row.Id]);
        var folders = tasks.ToDictionary(task => task, task => RegionFiles.PrepareFolder(Path.Combine(options.Out, FolderName, FileNames.Safe(task))));
        var drawing = new BodyRowPicture(data, surface, ShownSide, PlaceColumns);
        var written = 0;
        foreach (var (row, predicted) in BodyPredictions.Of(data, result, surface, [.. shown.Select(group => group.Key).Order()]))
        {
            // After Ctrl-C what has been learned is to be written soon.
            if (cancellation.IsCancellationRequested && written > 0)
                break;
            var picture = drawing.Draw(row, predicted);
            foreach (var score in shown[row])
            {
                AtomicFile.Write(Path.Combine(folders[score.Task], FormattableString.Invariant($"{score.Rank:D4}-{FileNames.Safe(score.Id)}.png")), stream => PngWriter.Write(stream, picture));
                written++;
            }
        }

        return written;
    }
}
