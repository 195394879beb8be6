namespace Ilt.MLNet;

/// <summary>What to do with a row that cannot be trained on: a NaN or infinite feature, an infinite label, no id.</summary>
public enum OnBadRow
{
    /// <summary>Stop, with an error that names the row by its id and position.</summary>
    Fail,

    /// <summary>Leave the row out; the number of rows left out is reported.</summary>
    Skip,
}
