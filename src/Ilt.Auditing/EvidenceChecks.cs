namespace Ilt.Auditing;

/// <summary>Refuses evidence that does not fit together.</summary>
internal static class EvidenceChecks
{
    /// <summary>Checks lengths and classes.</summary>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public static void Check(TaskEvidence evidence)
    {
        var (rows, columns) = (evidence.RowCount, evidence.Columns);
        if (columns < (evidence.Form == LabelForm.Classes ? 2 : 1))
            throw Wrong(evidence, $"{nameof(evidence.Columns)} is {columns}; expected at least {(evidence.Form == LabelForm.Classes ? "2 classes" : "1")}");
        Length(evidence, nameof(evidence.Given), evidence.Given.Length, evidence.Form == LabelForm.Numbers ? rows * columns : rows);
        Length(evidence, nameof(evidence.OutOfFold), evidence.OutOfFold?.Length, rows * columns);
        Length(evidence, nameof(evidence.InSample), evidence.InSample?.Length, rows * columns);
        Length(evidence, nameof(evidence.OutOfFoldLosses), evidence.OutOfFoldLosses?.Length, rows);
        Length(evidence, nameof(evidence.KnownRight), evidence.KnownRight?.Length, rows);
        if (evidence.Form != LabelForm.Classes) return;
        for (var row = 0; row < rows; row++)
            if (evidence.IsLabelled(row) && !(evidence.Given[row] >= 0 && evidence.Given[row] < columns && evidence.Given[row] == MathF.Floor(evidence.Given[row])))
                throw Wrong(evidence, FormattableString.Invariant($"row {row + 1} has class {evidence.Given[row]}; expected NaN or a whole number from 0 to {columns - 1}"));
    }

    private static void Length(TaskEvidence evidence, string name, int? found, int expected)
    {
        if (found is { } length && length != expected) throw Wrong(evidence, $"{name} has {length} entries; expected {expected} for {evidence.RowCount} rows");
    }

    private static ArgumentException Wrong(TaskEvidence evidence, string what) => new($"Evidence of task '{evidence.Task}': {what}.", nameof(evidence));
}
