using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Commands;

/// <summary>The options of <c>ilt corrupt</c>.</summary>
internal sealed record CorruptOptions(string Data, IReadOnlyList<TaskSpec> Tasks, CorruptionRecipe Recipe, string? Id, string Out, string Truth, ReadingOptions Reading)
{
    /// <summary>Whether cells of the truth file are made no formulas.</summary>
    public bool CsvSafe { get; init; }

    /// <summary>The tasks with labels of their own; those of the others follow from them.</summary>
    public IEnumerable<TaskSpec> Labelled => Tasks.Where(task => !task.Syntax.IsDerived);
}

/// <summary><c>ilt corrupt</c>: makes a known share of one task's labels wrong, for experiments.</summary>
internal static class CorruptCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "corrupt";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Make a known share of one task's labels wrong, and write down which";

    private static readonly string TaskHelp = $"The task whose labels are made wrong: {Usages(TaskSyntaxes.Labelled)}. Several regressions are "
        + $"made wrong together, in the same rows; {Usages(TaskSyntaxes.Derived)} beside them is marked in --truth too";

    private static readonly string KindHelp =
        string.Concat(TaskSyntaxes.Labelled.Select(syntax => $"{syntax.Word}: {syntax.CorruptionHelp}; ")) + "all: swap (rows exchange labels)";

    private const string RangeHelp = "Range of uniform noise in units of the column (default: two standard deviations either way; maps: 0,0.2), or of "
        + "uniform-values (default: that of all maps)";

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var data = OptionValues.Argument("DATA", "Table: CSV, TSV or ARFF, in UTF-8");
        var task = OptionValues.Texts("--task", TaskHelp, "NAME=KIND:COLUMN", required: true);
        var kind = OptionValues.Text("--kind", KindHelp, "KIND", required: true);
        var fraction = OptionValues.Text("--fraction", "Share of the labelled rows, from 0 to 1", "F", required: true);
        var range = OptionValues.Text("--range", RangeHelp, "LO,HI");
        var id = OptionValues.Text("--id", "Column that names the rows in --truth (default: the number of the data row, from 1)", "COLUMN");
        var seed = OptionValues.Text("--seed", "Seed (default: 1)", "N");
        var output = OptionValues.Text("--out", "The table to write; only the task's columns differ", "FILE", required: true);
        var truth = OptionValues.Text("--truth", "The file to write which rows are wrong now: id,task,corrupted", "FILE", required: true);
        var csvSafe = CsvSafe.Option();
        var files = new LabelFileOptionSet();
        var reading = new ReadingOptionSet();
        var amongAll = new Option<bool>("--among-all") { Description = "mask: draw from all classes, not only from those that the image's mask has" };
        var labelOut = OptionValues.Text("--label-out", "mask, map: folder for the changed files (default: that of --out, -labels in place of the extension)", "DIR");
        var command = new Command(Name, Description)
        {
            data, task, kind, fraction, range, id, seed, output, truth, amongAll, labelOut, files.Instances, csvSafe,
        };
        foreach (var option in files.All)
            command.Options.Add(option);
        reading.AddTo(command);
        command.SetAction(parse =>
        {
            var name = parse.OneOf(kind, CorruptionRecipe.KindNames)!;
            var (low, high) = Range(parse.GetValue(range), name);
            var specs = TaskSpec.ParseAll(parse.GetRequiredValue(task)!);
            var spec = specs.First(s => !s.Syntax.IsDerived);
            if (specs.Count > 1 && specs.FirstOrDefault(s => !s.Syntax.IsDerived && !s.Syntax.IsCorruptedTogether) is { } odd)
                throw new UserErrorException($"{odd.Option}: only regressions are made wrong together; run ilt corrupt once for each {odd.KindName} task.");
            if (!spec.IsPerPixel && (files.IsAnyGiven(parse) || parse.GetValue(amongAll) || parse.GetValue(labelOut) is not null))
                throw new UserErrorException($"{spec.Option}: options of label files go with masks and maps only; leave them out, or write {spec.Name}=mask:COLUMN.");
            return Run(context, new CorruptOptions(
                parse.GetRequiredValue(data),
                specs,
                new CorruptionRecipe(name, Fraction(parse.GetRequiredValue(fraction)!), parse.Whole(seed) ?? 1, low, high)
                {
                    Files = spec.IsPerPixel
                        ? new CorruptFileOptions(
                            files.Folder(parse, "."), files.Classes(parse), files.Maps(parse), parse.GetValue(amongAll),
                            parse.GetValue(labelOut) ?? Path.ChangeExtension(parse.GetRequiredValue(output)!, null) + "-labels")
                        : null,
                },
                parse.GetValue(id),
                parse.GetRequiredValue(output)!,
                parse.GetRequiredValue(truth)!,
                reading.Read(parse)) { CsvSafe = parse.GetValue(csvSafe) });
        });
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, CorruptOptions options)
    {
        RequireFittingKind(options);
        AtomicFile.RequireWritable(options.Out, "--out");
        if (Place.AreSame(options.Out, options.Truth))
            throw new UserErrorException($"--out and --truth both name {options.Out}; give each its own file.");
        using var heldTable = OutputFile.Take(options.Out, "--out", options.Data);
        using var heldTruth = OutputFile.Take(options.Truth, "--truth", options.Data);
        var table = TableReader.Read(options.Data, options.Reading);
        TableRewriter.RequireFittingName(table, options.Out);
        var ids = RowIds.Read(table, options.Id);
        var labels = options.Labelled.Select(task => TaskLabel.Read(table, task, ids: ids, keepSpellings: options.Reading.KeepSpellings)).ToArray();
        RequireOwnColumns(labels);
        var inputs = new NamedFiles(table, options.Recipe.Files?.Folder ?? ".");
        inputs.RequireOther(options.Out, "--out");
        inputs.RequireOther(options.Truth, "--truth");
        var recipe = options.Recipe.Files is { } files ? options.Recipe with { Files = files with { Inputs = inputs } } : options.Recipe;
        var corrupted = labels[0].Spec.Syntax.Corrupt(labels, recipe, ids, context.Cancellation);
        var (wrong, newText) = corrupted;
        var columns = labels.SelectMany(label => label.Columns).Select(c => table.Columns.ToList().IndexOf(c)).ToArray();
        var bytes = TableRewriter.Rewrite(table, columns, (row, column) => wrong[row] ? newText(row, Array.IndexOf(columns, column)) : null);
        // First of all an old truth goes: it would not fit the new table, should writing stop in between.
        AtomicFile.Remove(options.Truth);
        AtomicFile.Write(options.Out, stream => stream.Write(bytes));
        // The vertices of a row are wrong where its shape and pose are.
        TruthCsv.Write(options.Truth, options.Tasks.SelectMany(task => ids.Ids.Select((id, row) => new TruthRow(id, task.Name, wrong[row]))), options.CsvSafe);
        var labelled = Enumerable.Range(0, table.RowCount).Count(row => Array.TrueForAll(labels, label => label.IsLabelled(row)));
        foreach (var note in corrupted.Notes)
            context.Out.WriteLine($"note: {note}");
        var names = string.Join(" and ", labels.Select(label => label.Spec.Name));
        context.Out.WriteLine(FormattableString.Invariant(
            $"{names}: {wrong.Count(isWrong => isWrong)} of {labelled} labels made wrong{Columns(columns.Length, labels)} ({options.Recipe.Kind}, seed {options.Recipe.Seed})"));
        foreach (var note in TableNotes.Of(table, labels.SelectMany(label => label.Columns)).Concat(labels.Select(label => label.Spec.Syntax.Note(label, [.. Enumerable.Range(0, table.RowCount)])).OfType<string>()))
            context.Out.WriteLine($"note: {note}");
        context.Out.WriteLine($"written: {options.Out}, {options.Truth}{(options.Recipe.Files is { } folder ? $", {folder.OutFolder}" : "")}");
        return ExitCodes.Done;
    }

    private static void RequireOwnColumns(TaskLabel[] labels)
    {
        foreach (var shared in labels.SelectMany(label => label.Columns.Select(column => (label, column))).GroupBy(c => c.column).Where(g => g.Count() > 1))
            throw new UserErrorException($"{shared.Last().label.Spec.Option}: column '{shared.Key.Name}' is a label of task '{shared.First().label.Spec.Name}' too; give each its own.");
    }

    private static string Usages(IReadOnlyList<TaskSyntax> syntaxes) =>
        string.Join(", ", syntaxes.SkipLast(1).Select(syntax => syntax.Usage)) + (syntaxes.Count > 1 ? " or " : "") + syntaxes[^1].Usage;

    private static string Columns(int count, TaskLabel[] labels) =>
        count == 1 ? "" : $" in the columns {NumberedNames.Joined(labels.SelectMany(label => label.Columns).Select(c => c.Name).ToArray())}";

    private static void RequireFittingKind(CorruptOptions options)
    {
        var syntax = options.Labelled.First().Syntax;
        if (!syntax.Corruptions.Contains(options.Recipe.Kind))
            throw new UserErrorException($"--kind {options.Recipe.Kind}: does not fit a {syntax.Word} task; expected {string.Join(", ", syntax.Corruptions)}.");
    }

    private static double Fraction(string text) =>
        OptionValues.Number(text) is >= 0 and <= 1 and var fraction
            ? fraction
            : throw new UserErrorException($"--fraction {text}: expected a number from 0 to 1, with a decimal point.");

    private static (double Low, double High) Range(string? text, string kind)
    {
        if (text is null)
            return (double.NaN, double.NaN);
        if (!kind.StartsWith("uniform", StringComparison.Ordinal))
            throw new UserErrorException($"--range {text}: only --kind uniform, uniform-noise and uniform-values take a range; leave it out.");
        var parts = text.Split(',');
        return parts.Length == 2 && OptionValues.Number(parts[0]) is { } low && OptionValues.Number(parts[1]) is { } high && low < high
            ? (low, high)
            : throw new UserErrorException($"--range {text}: expected two numbers, the lower first, for example --range -2,2.");
    }
}
