using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Where labels differ from the right ones.</summary>
internal static class LabelDifferences
{
    /// <summary>Per row, whether both have a label and the labels differ.</summary>
    public static bool[] Between(TaskLabels right, TaskLabels given)
    {
        var differs = Comparison(right, given);
        return [.. Enumerable.Range(0, right.Count).Select(row => right.IsLabelled(row) && given.IsLabelled(row) && differs(row))];
    }

    private static Func<int, bool> Comparison(TaskLabels right, TaskLabels given) => (right, given) switch
    {
        (ClassLabels a, ClassLabels b) => row => a.Classes[row] != b.Classes[row],
        (NumberLabels a, NumberLabels b) => row => !a[row].SequenceEqual(b[row]),
        (PixelLabels a, PixelLabels b) => row => !Bytes(a, row).AsSpan().SequenceEqual(Bytes(b, row)),
        _ => _ => false, // derived: its sources say
    };

    private static byte[] Bytes(PixelLabels labels, int row)
    {
        var bytes = new byte[labels.Pixels.BytesPerRow];
        labels.Pixels.Read(row, bytes);
        return bytes;
    }
}
