namespace Ilt.Cli.Tables;

/// <summary>The words that stand for an empty cell.</summary>
internal static class MissingValues
{
    /// <summary>
    /// True for an empty cell, <c>?</c>, <c>NA</c>, <c>N/A</c> and <c>null</c> in any case. <c>NaN</c> is not among them: it is what a
    /// failed computation leaves behind, so it is reported instead of being taken for an honest gap.
    /// </summary>
    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length switch
        {
            0 => true,
            1 => cell[0] == '?',
            2 => cell.Equals("NA", StringComparison.OrdinalIgnoreCase),
            3 => cell.Equals("N/A", StringComparison.OrdinalIgnoreCase),
            4 => cell.Equals("null", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }
}
