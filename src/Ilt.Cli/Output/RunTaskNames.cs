using System.Text.Json;

namespace Ilt.Cli.Output;

/// <summary>What a <c>run.json</c> calls its tasks: label columns, and classes where it lists some.</summary>
/// <param name="Name">The task.</param>
/// <param name="Columns">Its label columns, in order.</param>
/// <param name="Classes">Its classes by number; null where it has none.</param>
internal sealed record RunTaskNames(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string>? Classes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads them; none where there is no such file.</summary>
    public static IReadOnlyList<RunTaskNames> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("tasks").Deserialize<RunTaskNames[]>(Json) ?? [];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new UserErrorException($"{path}: cannot be read as the record of a run ({e.Message.TrimEnd('.')}); put back the one that ilt flag wrote, or move it away.", e);
        }
    }
}
