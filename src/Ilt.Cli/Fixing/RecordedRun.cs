using System.Text.Json;
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
/// <param name="LabelFolder">The folder of label files; null: there were no images.</param>
internal sealed record RecordedRun(
    string Folder, string Data, string Sha256, int Rows, string? IdColumn, IReadOnlyList<TaskSpec> Tasks, ReadingOptions Reading, string? LabelFolder)
{
    /// <summary>False where the run was cut short.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Whether it looked for how many labels are wrong, with or without an answer.</summary>
    public required bool IsAudited { get; init; }

    /// <summary>The reviews that it went by, and SHA-256 of their file; null: none.</summary>
    public required (string Path, string Sha256)? Reviewed { get; init; }

    /// <summary>Reads the record of a run's folder.</summary>
    public static RecordedRun Read(string folder)
    {
        var path = Path.Combine(folder, RunRecord.FileName);
        ResultSet.SettleAround(path);
        if (!File.Exists(path))
            throw new UserErrorException($"{folder}: holds no results of a run (no {RunRecord.FileName}); name the --out folder of ilt flag or ilt audit.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var data = root.GetProperty("data");
            return new RecordedRun(
                folder, Text(data, "path")!, Text(data, "sha256")!, data.GetProperty("rows").GetInt32(), Text(data, "idColumn"),
                [.. root.GetProperty("tasks").EnumerateArray().Select(Task)], ReadingOf(root.GetProperty("options")), Find(root, "images") is { } images ? Text(images, "labelFolder") : null)
            {
                IsComplete = root.GetProperty("complete").GetBoolean(),
                IsAudited = Find(root, "audit") is not null,
                Reviewed = Find(root, "reviewed") is { } reviewed ? (Text(reviewed, "path")!, Text(reviewed, "sha256")!) : null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); run the command again that made it.", e);
        }
    }

    private static TaskSpec Task(JsonElement task)
    {
        var syntax = TaskSyntaxes.Find(Text(task, "kind")!) ?? throw new JsonException($"task {Text(task, "name")} is of the unknown kind '{Text(task, "kind")}'");
        return new TaskSpec(Text(task, "name")!, syntax, Texts(task, syntax.IsDerived ? "sources" : "columns"));
    }

    private static ReadingOptions ReadingOf(JsonElement options)
    {
        if (Find(options, "reading") is not { } reading)
            return ReadingOptions.None;
        return new ReadingOptions
        {
            Missing = Find(reading, "missing") is null ? MissingWords.Default : MissingWords.Of(Texts(reading, "missing")),
            Categories = Texts(reading, "categories"),
            Numbers = Texts(reading, "numbers"),
            Dates = Texts(reading, "dates"),
            Decimals = [.. Texts(reading, "decimals").Select(text => (text.StartsWith("comma", StringComparison.Ordinal) ? ',' : '.', text.Contains(':') ? text[(text.IndexOf(':') + 1)..].Split(',') : (IReadOnlyList<string>)[]))],
            KeepSpellings = reading.GetProperty("keepSpellings").GetBoolean(),
        };
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private static string? Text(JsonElement element, string name) => Find(element, name)?.GetString();

    private static string[] Texts(JsonElement element, string name) => [.. Find(element, name)?.EnumerateArray().Select(text => text.GetString()!) ?? []];
}
