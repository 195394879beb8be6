namespace Ilt.MLNet;

/// <summary>A value of a row cannot be made. Tells which row and column; the trainer, which can name a row by its id too, uses <see cref="Problem"/>.</summary>
internal sealed class RowValueException(long row, string problem, Exception innerException)
    : InvalidOperationException(FormattableString.Invariant($"Row {row}, {problem}"), innerException)
{
    /// <summary>What is wrong, without the row.</summary>
    public string Problem { get; } = problem;
}
