using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Datasets;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt demo --scenes</c>: generated street scenes with known wrong masks, from start to end.</summary>
internal static class DemoScenes
{
    // Few and small enough for about a minute on two busy cores.
    private const int Count = 160;
    private const int DefaultEpochs = 20;

    /// <summary>Runs the demo in a folder to keep, or in one of its own that is deleted at the end.</summary>
    public static int Run(CliContext context, Func<string[], int> invoke, string? keep, int? epochs)
    {
        if (keep is not null)
            AtomicFile.RequireWritableFolder(keep, "--keep");
        var folder = keep ?? Directory.CreateTempSubdirectory("ilt-demo-").FullName;
        try
        {
            var code = RunIn(context, invoke, folder, epochs ?? DefaultEpochs);
            context.Out.WriteLine();
            context.Out.WriteLine(keep is null
                ? "the images and results are deleted now; ilt demo --scenes --keep DIR keeps them, heat maps among them"
                : $"look at the heat maps in {Path.Combine(folder, RegionFiles.FolderName)}: the brighter, the less the mask fits");
            return code;
        }
        finally
        {
            if (keep is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static int RunIn(CliContext context, Func<string[], int> invoke, string folder, int epochs)
    {
        var root = Path.Combine(folder, "scenes");
        var clean = Path.Combine(folder, "scenes.csv");
        var wrong = Path.Combine(folder, "scenes-wrong.csv");
        var truth = Path.Combine(folder, "truth-seg.csv");
        new SceneGenerator(new SceneOptions { Difficulty = 0.3 }).WriteCityscapes(root, Count, 0);
        context.Out.WriteLine($"made {Count} street scenes of 64 x 64 pixels in {root}: image, class mask, disparity; now 40 % of the masks get their class ids permuted");
        return DemoCommand.Steps(context, invoke,
        [
            ["list", "cityscapes", root, "--out", clean],
            [
                "corrupt", clean, "--task", "seg=mask:labels", "--labels", root, "--classes-map", "cityscapes19",
                "--kind", "permute", "--fraction", "0.4", "--id", "id", "--out", wrong, "--truth", truth,
            ],
            [
                "flag", wrong, "--id", "id", "--image", "image", "--images", root, "--task", "seg=mask:labels", "--task", "depth=map:disparity",
                "--classes-map", "cityscapes19", "--map-scale", "0.00390625", "--map-offset", "-0.00390625", "--map-invalid", "0",
                "--network", "unet", "--width", "8", "--epochs", FormattableString.Invariant($"{epochs}"), "--out", folder,
            ],
            ["evaluate", Path.Combine(folder, NoiseScoresCsv.FileName), "--truth", truth],
        ]);
    }
}
