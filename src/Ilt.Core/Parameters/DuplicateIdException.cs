namespace Ilt.Parameters;

/// <summary>Two rows carry the same id, so a noise score could not be given back to one of them.</summary>
public sealed class DuplicateIdException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">The id found twice.</param>
    /// <param name="firstPosition">Position of its first row, counted from 1.</param>
    /// <param name="secondPosition">Position of the row that repeats it, counted from 1.</param>
    public DuplicateIdException(string id, int firstPosition, int secondPosition)
        : base(FormattableString.Invariant(
            $"The id '{id}' belongs to row {firstPosition} and again to row {secondPosition}; ids must be unique. Remove one of the rows, or choose another id column."))
    {
        Id = id;
        FirstPosition = firstPosition;
        SecondPosition = secondPosition;
    }

    /// <summary>The id found twice.</summary>
    public string Id { get; }

    /// <summary>Position of the first row with this id, counted from 1.</summary>
    public int FirstPosition { get; }

    /// <summary>Position of the row that repeats the id, counted from 1.</summary>
    public int SecondPosition { get; }
}
