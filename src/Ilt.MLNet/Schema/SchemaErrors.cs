namespace Ilt.MLNet;

/// <summary>Schema errors in the words that ML.NET's own components use, so that users need to learn them once.</summary>
internal static class SchemaErrors
{
    public static ArgumentOutOfRangeException NotFound(string role, string column, string parameter)
        => new(parameter, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, string found, string parameter, string advice = "")
        => new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {found}{(advice.Length > 0 ? ". " + advice : "")}");

    /// <summary>What may be expected, in words: a, b or c.</summary>
    public static string Or(IEnumerable<string> choices)
    {
        string[] all = [.. choices];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
