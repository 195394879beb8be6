using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt flag</c>: trains on a table and ranks its rows by how likely their labels are wrong.</summary>
internal static class FlagCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "flag";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Rank the rows of a table, or its images, by how likely their labels are wrong, per task";

    private const string AutomaticThreads = "auto";

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context) => Create(context, Name, Description, isAudit: false);

    /// <summary>A command with its options.</summary>
    /// <param name="context">Where it runs.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="isAudit">Whether a report is made, with all that it needs.</param>
    public static Command Create(CliContext context, string name, string description, bool isAudit)
    {
        var data = OptionValues.Argument("DATA", $"Table: {TableReader.Formats}");
        var task = OptionValues.Texts("--task", TaskSyntaxes.Help, "NAME=KIND:COLUMN", required: true);
        var id = OptionValues.Text("--id", "Column that names the rows (default: the number of the data row, from 1)", "COLUMN");
        var features = OptionValues.Texts("--features", "Feature columns or patterns (default: all that are no id, label or ignored)", "COLUMN,...");
        var ignore = OptionValues.Texts("--ignore", "Columns or patterns to leave out", "COLUMN,...");
        var keep = OptionValues.Texts("--keep", "Columns or patterns that stay features although they count the rows or say again what a label says", "COLUMN,...");
        var body = OptionValues.Text("--body", "Body model for tasks of the kind vertices: .npz in the layout of SMPL; pose holds 3, 6 or 9 numbers per joint", "FILE");
        var validation = OptionValues.Text("--validation", "Table, or share of the rows, to measure on and not to train on", "FILE|FRACTION");
        var weighting = OptionValues.Text(
            "--weighting",
            $"How losses are weighed: {string.Join(", ", LossWeightings.ShortNames)} (default: ilt); some have options, here with their defaults: {string.Join(" ", WeightingSyntax.Known)}",
            "NAME[:OPTION=X,...]");
        var score = ScoreOption.Create();
        var fast = ScoreOption.CreateFast();
        var epochs = OptionValues.Text("--epochs", "Passes over the rows (default: chosen from the data)", "N");
        var batch = OptionValues.Text("--batch", "Rows per step (default: chosen from the data)", "N");
        var rate = OptionValues.Text("--lr", "Learning rate of the network (default: chosen from the data)", "X");
        var instanceRate = OptionValues.Text("--ilt-lr", "Step of the log-variances per visit, whatever the batch size (default: 0.4)", "X");
        var seed = OptionValues.Text("--seed", "Seed of everything random (default: 1)", "N");
        var threads = OptionValues.Text("--threads", "Threads of the network, under mpirun of each rank; auto: as many as are fastest, measured before training (default: 1; more pay off for large networks where the cores are free)", "auto|N");
        var device = OptionValues.Text(
            "--device",
            "Where the network is trained: cpu, cuda, cuda:N, or auto, the first CUDA device where there is one (default: cpu; CUDA has not been tried yet)",
            "WHERE");
        var precision = OptionValues.Text("--precision", "float32, or bfloat16: multiplications in training on GPUs made for it (default: float32)", "TYPE");
        var output = OptionValues.Text("--out", "Folder for the results (default: ilt-out)", "DIR");
        var csvSafe = CsvSafe.Option();
        var images = new ImageOptionSet();
        var reading = new ReadingOptionSet();
        var reviews = new ReviewOptionSet();
        var checkpoints = new CheckpointOptionSet();
        var command = new Command(name, description)
        {
            data, task, id, features, ignore, keep, body, validation, weighting, score, fast, epochs, batch, rate, instanceRate, seed, threads, device, precision, output, csvSafe,
        };
        reading.AddTo(command);
        images.AddTo(command);
        reviews.AddTo(command);
        checkpoints.AddTo(command);
        command.SetAction(parse =>
        {
            var (file, fraction) = Validation(parse.GetValue(validation));
            var tasks = TaskSpec.ParseAll(parse.GetValue(task) ?? []);
            var pictures = images.Read(parse, tasks, parse.GetValue(id));
            if (pictures is not null && (parse.GetValue(features) is { Length: > 0 } || parse.GetValue(ignore) is { Length: > 0 } || parse.GetValue(keep) is { Length: > 0 }))
                throw new UserErrorException("--features, --ignore and --keep choose columns of a table; with --image the network sees the images only: leave them out.");
            var (kind, weightingOptions) = Weighting(parse.GetValue(weighting));
            return Run(context, checkpoints.Read(parse, new FlagOptions
            {
                Data = parse.GetRequiredValue(data),
                Tasks = tasks,
                Images = pictures,
                Id = parse.GetValue(id),
                Body = parse.GetValue(body),
                Features = NameList.ParseAll(parse.GetValue(features), "--features"),
                Ignore = NameList.ParseAll(parse.GetValue(ignore), "--ignore"),
                Keep = NameList.ParseAll(parse.GetValue(keep), "--keep"),
                Reading = reading.Read(parse),
                Reviewed = reviews.Read(parse),
                ValidationFile = file,
                ValidationFraction = fraction,
                Weighting = kind,
                WeightingOptions = weightingOptions,
                Detector = ScoreOption.Read(parse, score, fast, new TrainingOptions { Weighting = kind }),
                Epochs = parse.Whole(epochs, 1),
                Batch = parse.Whole(batch, 1),
                LearningRate = parse.Positive(rate),
                InstanceLearningRate = InstanceStep(parse.Positive(instanceRate)),
                Seed = parse.Whole(seed) ?? 1,
                Threads = parse.GetValue(threads) is AutomaticThreads ? TrainingOptions.AutomaticThreads : Threads(parse.Whole(threads, 1, AutomaticThreads)),
                Device = DevicePlan.Read(parse.GetValue(device)),
                Precision = parse.OneOf(precision, ["float32", "bfloat16"]) is "bfloat16" ? TrainingPrecision.BFloat16 : TrainingPrecision.Float32,
                MemoryMiB = pictures is null ? images.Memory(parse) : null,
                Out = parse.GetValue(output) ?? FlagOptions.DefaultOut,
                CsvSafe = parse.GetValue(csvSafe),
                IsAudit = isAudit,
            }));
        });
        return command;
    }

    /// <summary>Runs the command; the exit code is 0, or 130 when cancelled.</summary>
    public static int Run(CliContext context, FlagOptions options) => Ranks.Run(context, options, of => Lead(context, of), of => Follow(context, of));

    // The same fits as the first rank's, of which that one tells.
    private static int Follow(CliContext context, FlagOptions options)
    {
        var data = FlagData.Read(options, context.Cancellation, ReadingDisplay.Of(context, options.Data));
        using var result = new FlagTraining(options, data).Run(new(_ => { }, _ => { }, () => { }, _ => { }, _ => { }), context.Cancellation);
        return result.Fitted.IsComplete ? ExitCodes.Done : ExitCodes.Cancelled;
    }

    private static int Lead(CliContext context, FlagOptions options)
    {
        var (started, clock) = (DateTime.UtcNow, new PhaseClock());
        AtomicFile.RequireWritableFolder(options.Out, "--out");
        OutputFolder.RequireOther(options.Out, "--out", ResultSet.Names, options.Inputs);
        using var held = OutputLock.OfFolder(options.Out, "--out");
        ResultSet.Settle(options.Out);
        var unfinished = new UnfinishedRun(options.Out);
        if (options.Resume && !unfinished.Exists)
            throw new UserErrorException($"--resume: {options.Out} holds no unfinished run; leave --resume out to begin one, or name its folder with --out.");
        var data = FlagData.Read(options, context.Cancellation, ReadingDisplay.Of(context, options.Data));
        clock.Enter(RunPhase.Preparing);
        if (options.Restart) // not before the data are known to be good
            unfinished.Delete();
        FlagReport.Begin(context, options, data);
        if (options.Checkpoint.IsOn && unfinished.Begin(options.Arguments) is { } problem)
        {
            context.Out.WriteLine($"note: the run cannot be gone on with after an interruption: {problem}");
            options = options with { Checkpoint = CheckpointPlan.Off };
        }
        var training = new FlagTraining(options, data);
        using var result = Train();

        if (result.Fitted.History.Count == 0)
        {
            context.Out.WriteLine($"cancelled within the first epoch: nothing is known yet that would be worth writing{(unfinished.HasState ? $"; ilt resume {options.Out} goes on" : "")}");
            return ExitCodes.Cancelled;
        }

        clock.Enter(RunPhase.Writing);
        var cost = RunCost.Of(clock, options, data, result);
        var written = Write();
        if (result.Fitted.IsComplete)
            ResultSet.ForgetIncomplete(options.Out);
        if (result.Fitted.IsComplete || result.Fitted.Failure is TrainingDivergedException)
            unfinished.Delete();
        FlagReport.End(context, options, data, result, written);
        FlagReport.Cost(context, cost, clock);
        if (result.Fitted.Failure is { } failure)
            throw new UserErrorException(FormattableString.Invariant(
                $"{RunFailure.Explain(failure, data)}. What was learned by the end of epoch {result.Fitted.History.Count} is written to {written.Folder} and marked incomplete; {RunFailure.GoOn(failure, options)}."), failure);
        return result.Fitted.IsComplete ? ExitCodes.Done : ExitCodes.Cancelled;

        FlagFiles Write()
        {
            try
            {
                return FlagFiles.Write(options, data, result, started, cost, context.Cancellation);
            }
            catch (UserErrorException e) when (unfinished.HasState)
            {
                throw new UserErrorException($"{e.Message} The run is kept: ilt resume {options.Out} then writes them.", e);
            }
            catch (UserErrorException e)
            {
                // A full disk must not cost what took hours.
                throw Elsewhere() is { } rescued ? new UserErrorException($"{e.Message} For now they are in {rescued}.", e) : e;
            }
        }

        string? Elsewhere()
        {
            string? folder = null;
            try
            {
                folder = Directory.CreateTempSubdirectory("ilt-results-").FullName;
                return FlagFiles.Write(options with { Out = folder }, data, result, started, cost, context.Cancellation).Folder;
            }
            catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
            {
                if (folder is not null)
                    Directory.Delete(folder, recursive: true);
                return null;
            }
        }

        FlagResult Train()
        {
            try
            {
                return TrainingDisplay.Show(context, data.Labels.Select(l => l.Spec.Name).ToArray(), training.ImageCount, callbacks => training.Run(clock.Watch(callbacks), context.Cancellation));
            }
            catch (Exception e)
            {
                if (e is TrainingDivergedException)
                    unfinished.Delete();
                else
                    unfinished.DeleteUnlessKept();
                if (e is UserErrorException or OperationCanceledException or DllNotFoundException)
                    throw;
                throw new UserErrorException($"{RunFailure.Explain(e, data)}. There is no result yet; {RunFailure.GoOn(e, options)}.", e);
            }
        }
    }

    private static (LossWeightingKind Kind, WeightingOptions? Options) Weighting(string? text)
    {
        if (text is null)
            return (LossWeightingKind.InstanceLevel, null);
        if (!LossWeightings.ShortNames.Contains(text.Split(':')[0], StringComparer.OrdinalIgnoreCase))
            throw new UserErrorException($"--weighting {text}: expected one of {string.Join(", ", LossWeightings.ShortNames)}.");
        try
        {
            return WeightingSyntax.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"--weighting {text}: {e.Message}", e);
        }
    }

    // From 2 on s swings instead of settling.
    private static double? InstanceStep(double? step) => step is null or < 2
        ? step
        : throw new UserErrorException(FormattableString.Invariant($"--ilt-lr {step}: expected a number above 0 and below 2; the default, 0.4, suits most tables."));

    private static int Threads(int? threads) => threads is null ? 1 : threads <= TrainingOptions.MaximumThreads
        ? threads.Value
        : throw new UserErrorException(FormattableString.Invariant($"--threads {threads}: expected at most {TrainingOptions.MaximumThreads}, or {AutomaticThreads}; this machine has {Environment.ProcessorCount} processors, and more threads than that only wait for each other."));

    private static (string? File, double? Fraction) Validation(string? text)
    {
        if (text is null)
            return (null, null);
        if (OptionValues.Number(text) is not { } fraction || File.Exists(text))
            return (text, null);
        return fraction is > 0 and < 1
            ? (null, fraction)
            : throw new UserErrorException($"--validation {text}: expected a file, or a share of the rows above 0 and below 1, for example 0.2.");
    }
}
