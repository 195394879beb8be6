namespace Ilt.MLNet;

/// <summary>Turns what a getter throws into what is wrong with a row.</summary>
internal static class RowProblem
{
    /// <summary>Whether the exception is about a value, such as an image file that is missing or broken, and other rows may be good.</summary>
    public static bool IsOfValue(Exception e)
        => e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException;

    public static string Describe(string role, string column, Exception e)
        => e is RowValueException known ? known.Problem.TrimEnd('.') : $"{role} column '{column}' cannot be read: {e.Message.TrimEnd('.')}";
}
