using System.CommandLine;
using Ilt.Bodies;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Datasets;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt generate</c>: makes data sets with all their labels.</summary>
internal static class GenerateCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "generate";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Make images with all their labels";

    private const int LargestSide = 1024;
    private static readonly string[] Entries = ["info.csv", "rgb", "segm", "depth"];

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var kind = OptionValues.Argument("KIND", "bodies: rendered people with part mask, depth, shape, pose and joints");
        var output = OptionValues.Argument("OUT", "The folder to make: info.csv, rgb/, segm/ and depth/");
        var body = OptionValues.Text("--body", "Body model in the layout of SMPL, .npz", "FILE", required: true);
        var train = OptionValues.Text("--train", "Images of the split train", "N", required: true);
        var val = OptionValues.Text("--val", "Images of the split val, which shows other people than train (default: 0)", "N");
        var size = OptionValues.Text("--size", "Height and width in pixels, from 16 (default: 64)", "N");
        var seed = OptionValues.Text("--seed", "Seed of everything random (default: 1)", "N");
        var people = OptionValues.Text("--people", "Number of different people (shape and clothes) in train, and again in val (default: a new one in every image)", "N");
        var spread = OptionValues.Text("--pose-spread", "How far joints bend within their limits, 0 to 2 (default: 1)", "X");
        var dimensions = OptionValues.Text("--pose-dimensions", "In how many ways joints bend together, 0 to 64; a few make poses that a small network learns from some thousand images (default: 0, each joint on its own)", "N");
        var turn = OptionValues.Text("--turn", "Largest turn to either side, degrees, 0 (all face the camera) to 180 (default: 180)", "X");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace info.csv, rgb, segm and depth in a folder that is not empty" };
        var command = new Command(Name, Description) { kind, output, body, train, val, size, seed, people, spread, dimensions, turn, overwrite };
        command.SetAction(parse =>
        {
            if (parse.GetRequiredValue(kind) is not "bodies" and var other)
                throw new UserErrorException($"KIND {other}: expected bodies.");
            var side = parse.Whole(size, BodySceneOptions.MinimumSide) ?? 64;
            if (side > LargestSide)
                throw new UserErrorException(FormattableString.Invariant($"--size {side}: expected {BodySceneOptions.MinimumSide} to {LargestSide}."));
            return Run(context, parse.GetRequiredValue(output), parse.GetRequiredValue(body)!, parse.Whole(train, 1)!.Value, parse.Whole(val, 0) ?? 0, parse.GetValue(overwrite), new BodySceneOptions
            {
                Height = side,
                Width = side,
                Seed = parse.Whole(seed) ?? 1,
                People = parse.Whole(people, 1) ?? 0,
                PoseSpread = UpTo(parse, spread, 2, 1),
                PoseDimensions = parse.Whole(dimensions, 0) is > 64 and var many ? throw new UserErrorException($"--pose-dimensions {many}: expected a whole number from 0 to 64.") : parse.Whole(dimensions) ?? 0,
                TurnDegrees = UpTo(parse, turn, 180, 180),
            });
        });
        return command;
    }

    private static int Run(CliContext context, string folder, string bodyPath, int train, int val, bool overwrite, BodySceneOptions options)
    {
        OutputFolder.RequireFree(folder, "OUT", overwrite, Entries, bodyPath);
        var generator = Generator(bodyPath, options);
        var total = checked(train + val);
        var (_, perSecond) = CountDisplay.Show(context, "images", total, onWritten => OutputFolder.Write(folder, Entries, target =>
        {
            BodyImages.Write(target, generator, train, val, onWritten, context.Cancellation);
            return total;
        }));
        context.Out.WriteLine(FormattableString.Invariant($"made {total} images of {options.Height} x {options.Width} pixels in {folder} ({perSecond:F0} per second)"));
        context.Out.WriteLine(options.People == 0
            ? FormattableString.Invariant($"train: {train} images, val: {val} images, each of another person")
            : FormattableString.Invariant($"train: {train} images of {Math.Min(options.People, train)} people, val: {val} images of {Math.Min(options.People, val)} other people"));
        context.Out.WriteLine($"next: ilt list bodies {ShellWords.Quoted(folder)} --out {ShellWords.Quoted(Path.Combine(folder, "train.csv"))}");
        return ExitCodes.Done;
    }

    private static BodyGenerator Generator(string path, BodySceneOptions options)
    {
        try
        {
            return new BodyGenerator(BodyOfTasks.ReadModel(path), options);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"--body {path}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
    }

    private static double UpTo(ParseResult parse, Option<string?> option, double most, double otherwise) => parse.GetValue(option) is not { } text ? otherwise
        : OptionValues.Number(text) is >= 0 and var value && value <= most ? value
        : throw new UserErrorException(FormattableString.Invariant($"{option.Name} {text}: expected a number from 0 to {most}, with a decimal point."));
}
