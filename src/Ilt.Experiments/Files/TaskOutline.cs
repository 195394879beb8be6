namespace Ilt.Experiments;

/// <summary>What a label is, as far as a grid must know it before any data are read.</summary>
public enum LabelForm
{
    /// <summary>One class per row.</summary>
    Classes,

    /// <summary>One or several numbers per row.</summary>
    Numbers,

    /// <summary>A whole number from 0 per row.</summary>
    Counts,

    /// <summary>A class per pixel.</summary>
    Mask,

    /// <summary>A number per pixel.</summary>
    Map,

    /// <summary>Computed from other tasks, which are corrupted in its place.</summary>
    Derived,
}

/// <summary>A task by its name and the form of its labels.</summary>
/// <param name="Name">The name.</param>
/// <param name="Form">What a label is.</param>
public sealed record TaskOutline(string Name, LabelForm Form)
{
    private static readonly (string Word, LabelForm Form)[] Words =
    [
        ("class", LabelForm.Classes), ("regression", LabelForm.Numbers), ("count", LabelForm.Counts), ("mask", LabelForm.Mask), ("map", LabelForm.Map),
    ];

    /// <summary>Reads the outline of a task as <c>ilt flag</c> takes it, <c>NAME=KIND:COLUMN</c>; null where it is none.</summary>
    /// <param name="text">The task.</param>
    public static TaskOutline? Parse(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.IndexOf(':', equals + 1);
        if (equals <= 0 || colon < 0) return null;
        var word = text[(equals + 1)..colon].Trim().ToLowerInvariant();
        return Array.FindIndex(Words, known => known.Word == word) is >= 0 and var at ? new TaskOutline(text[..equals].Trim(), Words[at].Form) : null;
    }

    /// <summary>How a task is written, for messages.</summary>
    public static string Expected => $"NAME=KIND:COLUMN with a kind among {string.Join(", ", Words.Select(known => known.Word))}";
}
