using System.Diagnostics;

namespace Ilt.Torch;

/// <summary>The kinds of input, found by the shape of a row. A new kind is a folder beside this file and a line here.</summary>
internal static class InputModalities
{
    // Asked in this order. A table takes whatever is left, so it stays the last.
    private static InputModality[] modalities =
    [
        new ImageModality(),
        new TableModality(),
    ];

    /// <summary>The kind of input that rows of a shape are.</summary>
    public static InputModality Of(InputShape shape)
    {
        foreach (var modality in modalities)
            if (modality.Takes(shape)) return modality;
        throw new UnreachableException();
    }

    /// <summary>Asks another kind before all others; for tests of what a new kind needs.</summary>
    internal static void Add(InputModality modality) => modalities = [modality, .. modalities];
}
