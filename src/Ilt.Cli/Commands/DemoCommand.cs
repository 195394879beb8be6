using System.CommandLine;
using Ilt.Cli.Output;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt demo</c>: a made-up table with known wrong labels, from start to end.</summary>
internal static class DemoCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "demo";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Make a table with known wrong labels, find them, and measure how many were found";

    /// <summary>The command with its options; <paramref name="invoke"/> runs a command line of this program.</summary>
    public static Command Create(CliContext context, Func<string[], int> invoke)
    {
        var output = OptionValues.Text("--out", "Folder for the tables and results (default: ilt-demo)", "DIR");
        var scenes = new Option<bool>("--scenes") { Description = "Generated street scenes with wrong masks instead of a table (about a minute)" };
        var keep = OptionValues.Text("--keep", "With --scenes: folder that keeps images and results (default: all is deleted at the end)", "DIR");
        var epochs = OptionValues.Text("--epochs", "Passes over the rows (default: chosen from the data)", "N");
        var command = new Command(Name, Description) { scenes, keep, output, epochs };
        command.SetAction(parse =>
        {
            var isScenes = parse.GetValue(scenes);
            if (isScenes && parse.GetValue(output) is not null)
                throw new UserErrorException("--out: with --scenes say --keep DIR to keep images and results.");
            if (!isScenes && parse.GetValue(keep) is not null)
                throw new UserErrorException("--keep: goes with --scenes; the table's demo writes to --out DIR.");
            return isScenes
                ? DemoScenes.Run(context, invoke, parse.GetValue(keep), parse.Whole(epochs, 1))
                : Run(context, invoke, parse.GetValue(output) ?? "ilt-demo", parse.Whole(epochs, 1));
        });
        return command;
    }

    private static int Run(CliContext context, Func<string[], int> invoke, string folder, int? epochs)
    {
        const string Condition = "condition=class:condition";
        const string Rent = "rent=regression:rent";
        AtomicFile.RequireWritableFolder(folder, "--out");
        var clean = Path.Combine(folder, "flats.csv");
        var half = Path.Combine(folder, "flats-wrong-condition.csv");
        var wrong = Path.Combine(folder, "flats-wrong.csv");
        var conditionTruth = Path.Combine(folder, "truth-condition.csv");
        var rentTruth = Path.Combine(folder, "truth-rent.csv");
        DemoTable.Write(clean);
        context.Out.WriteLine($"made {clean}: flats with a condition (new, good, worn) and a rent; now a fifth of each label is made wrong");

        string[][] steps =
        [
            ["corrupt", clean, "--task", Condition, "--kind", "flip", "--fraction", "0.2", "--id", "id", "--out", half, "--truth", conditionTruth],
            ["corrupt", half, "--task", Rent, "--kind", "uniform", "--fraction", "0.2", "--seed", "2", "--id", "id", "--out", wrong, "--truth", rentTruth],
            ["flag", wrong, "--task", Condition, "--task", Rent, "--id", "id", "--out", folder, .. epochs is { } n ? new[] { "--epochs", FormattableString.Invariant($"{n}") } : []],
            ["evaluate", Path.Combine(folder, NoiseScoresCsv.FileName), "--truth", conditionTruth, "--truth", rentTruth],
        ];
        return Steps(context, invoke, steps);
    }

    /// <summary>Runs command lines one after the other, each shown before; stops at the first that fails.</summary>
    internal static int Steps(CliContext context, Func<string[], int> invoke, IEnumerable<string[]> steps)
    {
        foreach (var step in steps)
        {
            context.Out.WriteLine();
            context.Out.WriteLine($"$ ilt {string.Join(' ', step)}");
            var code = invoke(step);
            if (code != ExitCodes.Done)
                return code;
        }

        return ExitCodes.Done;
    }
}
