using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Fixing;

/// <summary>What the record of a run says of its table.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Data">The table's path as given.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="IdColumn">The column that named the rows; null: their numbers.</param>
/// <param name="Tasks">The tasks, by the names of their columns.</param>
/// <param name="Reading">How its columns were to be read.</param>
/// <param name="Images">The images and how their labels were read; null: there were none.</param>
internal sealed record RecordedRun(
    string Folder, string Data, string Sha256, int Rows, string? IdColumn, IReadOnlyList<TaskSpec> Tasks, ReadingOptions Reading, RunImages? Images)
{
    /// <summary>False where the run was cut short.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Whether it looked for how many labels are wrong, with or without an answer.</summary>
    public required bool IsAudited { get; init; }

    /// <summary>The reviews that it went by, and SHA-256 of their file; null: none.</summary>
    public required (string Path, string Sha256)? Reviewed { get; init; }

    /// <summary>Reads the record of a run's folder.</summary>
    /// <exception cref="UserErrorException">It is not there, or cannot be read.</exception>
    public static RecordedRun Read(string folder)
    {
        ResultSet.SettleAround(Path.Combine(folder, RunRecord.FileName));
        var record = RunRecord.Read(folder);
        return new RecordedRun(
            folder, record.Data.Path, record.Data.Sha256, record.Data.Rows, record.Data.IdColumn, [.. record.Tasks.Select(Task)], ReadingOf(record.Options.Reading), record.Images)
        {
            IsComplete = record.Complete,
            IsAudited = record.Audit is not null,
            Reviewed = record.Reviewed is { } reviewed ? (reviewed.Path, reviewed.Sha256) : null,
        };
    }

    private static TaskSpec Task(RunTask task)
    {
        var syntax = TaskSyntaxes.Find(task.Kind)
            ?? throw new UserErrorException($"{RunRecord.FileName}: task {task.Name} is of the unknown kind '{task.Kind}'; run the command again that made it.");
        return new TaskSpec(task.Name, syntax, [.. syntax.IsDerived ? task.Sources ?? [] : task.Columns]);
    }

    private static ReadingOptions ReadingOf(RunReadingOptions? reading) => reading is null ? ReadingOptions.None : new ReadingOptions
    {
        Missing = reading.Missing is { } words ? MissingWords.Of([.. words]) : MissingWords.Default,
        Categories = reading.Categories,
        Numbers = reading.Numbers,
        Dates = reading.Dates,
        Decimals = [.. reading.Decimals.Select(text => (text.StartsWith("comma", StringComparison.Ordinal) ? ',' : '.', text.Contains(':') ? text[(text.IndexOf(':') + 1)..].Split(',') : (IReadOnlyList<string>)[]))],
        KeepSpellings = reading.KeepSpellings,
    };
}
