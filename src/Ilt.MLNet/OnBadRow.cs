namespace Ilt.MLNet;

/// <summary>
/// What to do with a row that cannot be trained on: a NaN or infinite feature, an infinite label, no id, an image, mask or map that is missing,
/// broken or of another size, a class id out of range.
/// </summary>
public enum OnBadRow
{
    /// <summary>Stop, with an error that names the row by its id and position.</summary>
    Fail,

    /// <summary>Leave the row out; the number of rows left out is reported.</summary>
    Skip,
}
