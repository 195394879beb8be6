using System.CommandLine;
using Ilt.Cli.Fixing;
using Ilt.Cli.Output;
using Ilt.Cli.Reports;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Naming;

namespace Ilt.Cli.Commands;

/// <summary>The options of <c>ilt fix</c>.</summary>
internal sealed record FixOptions(string Run, string Data, FixRule Rule, FixCondition Condition, string Out)
{
    /// <summary>The tasks; empty: all.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>The log of all changes.</summary>
    public required string Log { get; init; }

    /// <summary>The folder of suggested masks and maps; null: beside the table.</summary>
    public string? Pixels { get; init; }

    /// <summary>What people have said of labels; null: what the run went by.</summary>
    public string? Reviewed { get; init; }

    /// <summary>Whether cells of the log are made no formulas.</summary>
    public bool CsvSafe { get; init; }

    /// <summary>Whether a table is taken that is not the run's byte by byte.</summary>
    public bool Force { get; init; }
}

/// <summary><c>ilt fix</c>: writes a table again without the labels that a run takes for wrong.</summary>
internal static class FixCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "fix";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Write a copy of a table in which labels that a run takes for wrong are replaced, blanked or left out, and list every change";

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var run = OptionValues.Argument("RUN", "The --out folder of ilt flag or ilt audit");
        var data = OptionValues.Argument("DATA", "The table that it was given: CSV, TSV, ARFF or Parquet");
        var rule = OptionValues.Text("--rule", "What becomes of a label that is taken for wrong: replace (by the suggested one), blank (it is made a missing one), drop (its row is left out, for all tasks)", "RULE", required: true);
        var when = OptionValues.Text("--when", $"Which labels are taken for wrong: {FixCondition.Form}; and binds closer than or (default: flagged)", "CONDITION");
        var output = OptionValues.Text("--out", "The table to write; only changed cells and rows differ", "FILE", required: true);
        var task = OptionValues.Texts("--task", "Tasks whose labels are changed (default: all)", "NAME,...");
        var log = OptionValues.Text("--log", "The file that gets every change: line,id,task,column,old,new,probability,rule (default: that of --out with .changes.csv behind)", "FILE");
        var pixels = OptionValues.Text("--pixels", "Folder for suggested masks (.png) and maps (.npy) of --rule replace, written as the label files of the run are (default: that of --out, -pixels in place of the extension)", "DIR");
        var force = new Option<bool>("--force") { Description = "Take a DATA that is not the file that the run read, but holds the same rows; labels that have changed since are left as they are" };
        var csvSafe = CsvSafe.Option();
        var reviews = new ReviewOptionSet();
        var command = new Command(Name, Description)
        {
            run, data, rule, when, output, task, log, pixels, force, csvSafe,
        };
        reviews.AddTo(command);
        command.SetAction(parse =>
        {
            var file = parse.GetRequiredValue(output)!;
            return Run(context, new FixOptions(
                parse.GetRequiredValue(run), parse.GetRequiredValue(data), Enum.Parse<FixRule>(parse.OneOf(rule, ["drop", "replace", "blank"])!, ignoreCase: true),
                FixCondition.Parse(parse.GetValue(when) ?? "flagged"), file)
            {
                Tasks = NameList.ParseAll(parse.GetValue(task), "--task"),
                Log = parse.GetValue(log) ?? file + ".changes.csv",
                Pixels = parse.GetValue(pixels),
                Reviewed = reviews.Read(parse),
                CsvSafe = parse.GetValue(csvSafe),
                Force = parse.GetValue(force),
            });
        });
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, FixOptions options)
    {
        var run = RecordedRun.Read(options.Run);
        var scores = Path.Combine(options.Run, NoiseScoresCsv.FileName);
        if (Place.AreSame(options.Out, options.Log))
            throw new UserErrorException($"--out and --log both name {options.Out}; give each its own file.");
        string[] inputs = [options.Data, scores, Path.Combine(options.Run, RunRecord.FileName), .. options.Reviewed is { } file ? new[] { file } : []];
        using var heldTable = OutputFile.Take(options.Out, "--out", inputs);
        using var heldLog = OutputFile.Take(options.Log, "--log", inputs);

        var table = TableReader.Read(options.Data, run.Reading);
        TableRewriter.RequireFittingName(table, options.Out);
        RequireSame(run, table, options);
        var ids = RowIds.Read(table, run.IdColumn);
        var labels = TaskLabel.ReadAll(table, run.Tasks, ids: ids, keepBad: true, keepSpellings: run.Reading.KeepSpellings);
        var chosen = Chosen(labels, options);
        var audited = AuditedRows.Read(scores);
        RequireColumns(run, audited, options, Array.TrueForAll(chosen, k => labels[k].ReadsFiles));
        var reviewed = Reviews(context, run, ids, labels, options);

        var replacesFiles = options.Rule == FixRule.Replace && chosen.Any(k => labels[k].ReadsFiles);
        if (options.Pixels is { } unused && !replacesFiles)
            throw new UserErrorException($"--pixels {unused}: no mask or map is replaced, so nothing would be written there; use --rule replace on a task of masks or maps, or leave it out.");
        using var files = replacesFiles ? SuggestedFiles.Open(run, table, ids, options.Pixels ?? Path.ChangeExtension(options.Out, null) + "-pixels", context.Cancellation) : null;
        var fixes = chosen.Select(k => new TaskFix(
            labels[k], ByRow(audited, labels[k].Spec.Name, ids, scores), row => reviewed?.Of(row, k), options.Condition, options.Rule, compares: options.Force,
            labels[k].ReadsFiles ? files?.Of(labels[k].Spec.Name) : null)).ToArray();
        var result = new FixedTable(table, ids, fixes);
        if (result.Dropped == table.RowCount)
            throw new UserErrorException($"--when \"{options.Condition.Text}\": holds of every row, so that nothing would be left; name a narrower condition.");
        var bytes = result.Write();
        // First of all an old log goes: it would not fit the new table, should writing stop in between.
        AtomicFile.Remove(options.Log);
        AtomicFile.Write(options.Out, stream => stream.Write(bytes));
        FixChange.Write(options.Log, result.Changes, options.CsvSafe);
        FixReport.Print(context, run, options.Rule, options.Condition, fixes, result, labels.Where(label => label.Columns.Count > 0).ToArray());
        if (files is { Written: { Count: > 0 } written })
            context.Out.WriteLine($"note: {written.Count} label images are what the network of the run predicts, which was trained on the old ones too: look at some of them before you train on them");
        context.Out.WriteLine($"written: {options.Out}, {options.Log}{(files?.Written is { Count: > 0 } of ? $", {of.Count} files in {of.Folder}" : "")}");
        return ExitCodes.Done;
    }

    private static void RequireSame(RecordedRun run, Table table, FixOptions options)
    {
        if (table.Source.Sha256 == run.Sha256)
            return;
        if (!options.Force)
            throw new UserErrorException($"{options.Data}: is not the file that the run read ({run.Data}, SHA-256 {run.Sha256[..12]}..., found {table.Source.Sha256[..12]}...); give that one, or say --force where it holds the same rows.");
        if (run.IdColumn is null && table.RowCount != run.Rows)
            throw new UserErrorException($"--force: {options.Data} has {table.RowCount} rows, the run's table had {run.Rows}, and without an id column rows are known by their number; give the table of the run.");
    }

    private static int[] Chosen(TaskLabel[] labels, FixOptions options)
    {
        var names = labels.Select(label => label.Spec.Name).ToArray();
        foreach (var name in options.Tasks)
        {
            var k = Array.IndexOf(names, name);
            if (k < 0)
                throw new UserErrorException($"--task {name}: the run has no such task; {NearestName.Advice(name, names)}");
            if (labels[k].Columns.Count == 0)
                throw new UserErrorException($"--task {name}: it has no labels of its own; name the tasks that it is computed from.");
        }

        var chosen = Enumerable.Range(0, labels.Length).Where(k => labels[k].Columns.Count > 0 && (options.Tasks.Count == 0 || options.Tasks.Contains(names[k]))).ToArray();
        foreach (var shared in chosen.SelectMany(k => labels[k].Columns.Select(column => (k, column))).GroupBy(c => c.column).Where(group => group.Count() > 1))
            throw new UserErrorException($"--task: column '{shared.Key.Name}' is a label of the tasks {string.Join(" and ", shared.Select(c => names[c.k]))}; name one of them.");
        return chosen;
    }

    private static void RequireColumns(RecordedRun run, AuditedRows audited, FixOptions options, bool onlyFiles)
    {
        if (options.Condition.Columns.FirstOrDefault(column => !audited.Knows(column)) is { } absent)
            throw new UserErrorException($"--when \"{options.Condition.Text}\": {NoiseScoresCsv.FileName} of {options.Run} says nothing of {absent}: {(run.IsAudited ? $"the run could not tell which labels are wrong, and {ReportFiles.Names[^1]} says why;" : "run ilt audit without --fast, or")} take a condition on rank or score, for example --when \"rank <= 50\".");
        if (options.Rule == FixRule.Replace && !onlyFiles && !audited.Knows("suggested_label"))
            throw new UserErrorException($"--rule replace: {NoiseScoresCsv.FileName} of {options.Run} suggests no label: run ilt audit without --fast, or use --rule drop or blank.");
    }

    private static ReviewedLabels? Reviews(CliContext context, RecordedRun run, RowIds ids, TaskLabel[] labels, FixOptions options)
    {
        var path = options.Reviewed;
        if (path is null)
        {
            if (run.Reviewed is not { } before)
                return null;
            if (!File.Exists(before.Path) || SourceText.OfBinary(before.Path, SourceText.ReadBytes(before.Path)).Sha256 != before.Sha256)
                throw new UserErrorException($"{options.Run}: the run went by the reviews in {before.Path}, which {(File.Exists(before.Path) ? "has changed since" : "is not there")}; name the file with --reviewed.");
            path = before.Path;
            context.Out.WriteLine($"note: the reviews of the run, {path}, are gone by here too; --reviewed names others");
        }

        return ReviewFile.Read(path, ids, labels, run.Images?.LabelFolder ?? ".");
    }

    private static Dictionary<int, AuditedRow> ByRow(AuditedRows audited, string task, RowIds ids, string scores)
    {
        var rowOf = ids.Ids.Select((id, row) => (id, row)).ToDictionary(entry => entry.id, entry => entry.row, StringComparer.Ordinal);
        var rows = new Dictionary<int, AuditedRow>();
        foreach (var entry in audited.Rows.Where(entry => entry.Task == task))
        {
            if (!rowOf.TryGetValue(entry.Id, out var row))
                throw new UserErrorException($"{scores}: the id '{entry.Id}' of task {task} is not in the table; give the table that the run read.");
            rows[row] = entry;
        }

        return rows;
    }
}
