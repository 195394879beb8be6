using System.CommandLine;
using System.Diagnostics;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Experiments;
using Ilt.Naming;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt experiment</c>: runs the cells of an experiment in parallel, and makes tables and figures of them.</summary>
internal static class ExperimentCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "experiment";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Run a grid of data sets, corruptions, weightings, detectors and seeds, and make tables and figures of it";

    private const string Serve = "-";

    private sealed record Options
    {
        public required string Experiment { get; init; }

        public required string Out { get; init; }

        public string? Data { get; init; }

        public ExperimentSize Size { get; init; }

        public IReadOnlyList<string> Only { get; init; } = [];

        public int Cores { get; init; }

        public long Memory { get; init; }

        public bool IsDry { get; init; }

        public string? Cell { get; init; }
    }

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var file = OptionValues.Argument("FILE", $"Experiment, a JSON file; or one that comes with the program: {string.Join(", ", Presets.Names)}");
        var output = OptionValues.Text("--out", "Folder of cells, tables and figures; what is in it already is not run again (default: experiment-NAME)", "DIR");
        var data = OptionValues.Text("--data", "Folder that paths of data may start from, beside the experiment's own (default: the variable ILT_DATA)", "DIR");
        var quick = new Option<bool>("--quick") { Description = "Fewer rows, seeds and epochs, as the experiment's section quick says" };
        var full = new Option<bool>("--full") { Description = "The sizes of the experiment's section full: those of the paper; they need its data and a GPU" };
        var only = OptionValues.Texts("--only", "Run the cells whose line holds this text only (several, parted by commas: one of them)", "TEXT");
        var cores = OptionValues.Text("--cores", "Cells at the same time, each in a process of its own with one thread (default: all cores)", "N");
        var memory = OptionValues.Text("--memory", "Memory in MiB of all of them together (default: four fifths of what there is)", "MIB");
        var dry = new Option<bool>("--dry-run") { Description = "List the cells, and estimate how long they take; run none" };
        var cell = new Option<string?>("--cell") { Description = "Run one cell here, by its key", HelpName = "KEY", Hidden = true };
        var command = new Command(Name, Description) { file, output, data, quick, full, only, cores, memory, dry, cell };
        command.SetAction(parse =>
        {
            if (parse.GetValue(quick) && parse.GetValue(full))
                throw new UserErrorException("--quick and --full exclude each other; leave one out.");
            var name = parse.GetRequiredValue(file);
            return Run(context, new Options
            {
                Experiment = name,
                Out = parse.GetValue(output) ?? $"experiment-{Path.GetFileNameWithoutExtension(name)}",
                Data = parse.GetValue(data) ?? Environment.GetEnvironmentVariable("ILT_DATA"),
                Size = parse.GetValue(quick) ? ExperimentSize.Quick : parse.GetValue(full) ? ExperimentSize.Full : ExperimentSize.Usual,
                Only = parse.GetValue(only) ?? [],
                Cores = parse.Whole(cores, 1) ?? Environment.ProcessorCount,
                Memory = (long)(parse.Whole(memory, 1) ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20) * 4 / 5) << 20,
                IsDry = parse.GetValue(dry),
                Cell = parse.GetValue(cell),
            });
        });
        return command;
    }

    private static int Run(CliContext context, Options options)
    {
        var file = Read(options);
        AtomicFile.RequireWritableFolder(options.Out, "--out");
        var run = new ExperimentRun(file, options.Out, options.Data, new ExperimentData(), [.. Versions.Lines()]);
        if (options.Cell == Serve)
        {
            CellWorker.Serve(Console.In, context.Out, run.Cells, run.Runner, run.Store, context.Cancellation);
            return ExitCodes.Done;
        }
        if (options.Cell is { } key) return RunOne(context, run, key);
        var chosen = run.Chosen(options.Only);
        if (chosen.Count == 0)
            throw new UserErrorException($"--only {string.Join(" --only ", options.Only)}: fits none of {run.Cells.Count} cells; --dry-run lists them.");
        if (options.IsDry) return List(context, run, chosen, options);
        using var folderLock = run.Lock() ?? throw new UserErrorException($"--out {options.Out}: another ilt experiment is at work in this folder; wait for it, or name another.");
        return Run(context, run, chosen, options);
    }

    private static ExperimentFile Read(Options options)
    {
        if (File.Exists(options.Experiment))
            return ExperimentFile.Parse(ReadText(options.Experiment), options.Experiment, Path.GetDirectoryName(Path.GetFullPath(options.Experiment))!, options.Size);
        if (Presets.Find(options.Experiment) is { } preset)
            return ExperimentFile.Parse(preset, options.Experiment, Directory.GetCurrentDirectory(), options.Size);
        throw new UserErrorException($"{options.Experiment}: there is no such file, and no experiment of this name comes with the program; {NearestName.Advice(options.Experiment, Presets.Names)}");
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static int RunOne(CliContext context, ExperimentRun run, string key)
    {
        var cell = run.Cells.FirstOrDefault(cell => cell.Key == key) ?? throw new UserErrorException($"--cell {key}: there is no such cell; --dry-run lists them.");
        context.Out.WriteLine($"{cell}");
        var answer = CellWorker.Run(cell, run.Runner, run.Store, context.Cancellation);
        return answer.StartsWith(CellWorker.Done, StringComparison.Ordinal) ? ExitCodes.Done : throw new UserErrorException($"{cell}: {run.Store.ReadFailure(cell)}");
    }

    private static int List(CliContext context, ExperimentRun run, IReadOnlyList<Cell> chosen, Options options)
    {
        var open = chosen.Where(cell => !run.Store.Has(cell)).ToList();
        foreach (var cell in chosen)
            context.Out.WriteLine($"{cell.Key}  {(open.Contains(cell) ? run.Store.ReadFailure(cell) is null ? "to do " : "failed" : "done  ")}  {cell}");
        var (seconds, isMeasured) = run.Estimate(open);
        var processes = Math.Min(options.Cores, open.Count);
        context.Out.WriteLine(FormattableString.Invariant($"{chosen.Count} cells, {open.Count} to do") + (open.Count == 0 ? ""
            : $": about {ExperimentProgress.Duration(seconds / processes)} in {processes} processes, {(isMeasured ? "judged by finished cells" : "a rough guess from rows and epochs, before any cell is finished")}"));
        return ExitCodes.Done;
    }

    private static int Run(CliContext context, ExperimentRun run, IReadOnlyList<Cell> chosen, Options options)
    {
        var open = chosen.Where(cell => !run.Store.Has(cell)).DistinctBy(cell => cell.Key).ToList();
        context.Out.WriteLine(FormattableString.Invariant($"{chosen.Count} cells, {chosen.Count - open.Count} of them finished before; {options.Cores} at a time, results in {options.Out}"));
        var progress = new ExperimentProgress(context, open, options.Cores);
        var failures = new List<CellOutcome>();
        var wasCancelled = false;
        try
        {
            run.Run(open, () => Child(options), options.Cores, options.Memory, outcome =>
            {
                progress.Report(outcome);
                if (outcome.Failure is not null) failures.Add(outcome);
            }, note => context.Out.WriteLine(note), context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            wasCancelled = true;
        }
        var (report, notes) = run.Report();
        if (!wasCancelled) context.Out.Write($"{Environment.NewLine}{report}{Environment.NewLine}"); // several lines
        foreach (var note in notes) context.Out.WriteLine(note);
        if (wasCancelled)
        {
            context.Out.WriteLine($"cancelled: {chosen.Count(run.Store.Has)} of {chosen.Count} cells are finished, and the tables in {options.Out} are made of them; the same command goes on");
            return ExitCodes.Cancelled;
        }
        if (failures.Count == 0) return ExitCodes.Done;
        throw new UserErrorException($"{failures.Count} of {chosen.Count} cells failed (the same command tries them again; cells/*.failed.json in {options.Out} say why); the first: {failures[0].Cell}: {failures[0].Failure}");
    }

    private static ProcessStartInfo Child(Options options)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host) { WorkingDirectory = Directory.GetCurrentDirectory() };
        foreach (var word in (string?[])[typeof(ExperimentCommand).Assembly.Location, "experiment", options.Experiment, "--out", options.Out, options.Data is null ? null : "--data", options.Data, "--cell", Serve])
            if (word is not null) start.ArgumentList.Add(word);
        if (options.Size != ExperimentSize.Usual) start.ArgumentList.Add(options.Size == ExperimentSize.Quick ? "--quick" : "--full");
        // One core each: the cells beside it have the others.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        return start;
    }
}
