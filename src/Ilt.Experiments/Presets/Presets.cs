namespace Ilt.Experiments;

/// <summary>The experiments that come with the program.</summary>
public static class Presets
{
    private const string End = ".preset";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Presets).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(End, StringComparison.Ordinal)).Select(name => name[..^End.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The text of an experiment; null: there is none of this name.</summary>
    /// <param name="name">A name among <see cref="Names"/>.</param>
    public static string? Find(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(name + End);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
