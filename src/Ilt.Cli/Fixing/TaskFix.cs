using Ilt.Cli.Tasks;
using Ilt.MLNet;

namespace Ilt.Cli.Fixing;

/// <summary>What becomes of the labels of one task, row by row.</summary>
internal sealed class TaskFix
{
    private readonly TaskLabel label;
    private readonly FixRule rule;
    private readonly Func<int, string>? suggestedFile;
    private readonly Dictionary<int, Decision> decisions = [];

    /// <summary>Decides.</summary>
    /// <param name="label">The labels of the table.</param>
    /// <param name="rows">What the run says of them, by row.</param>
    /// <param name="review">What a person said of a row's label; null: nothing.</param>
    /// <param name="condition">Which are taken for wrong.</param>
    /// <param name="rule">What is done with these.</param>
    /// <param name="compares">Whether a label is left alone that is no longer the one that the run saw.</param>
    /// <param name="suggestedFile">Labels that are files: writes the one that is suggested for a row, and gives its path; asked in ascending order.</param>
    public TaskFix(TaskLabel label, IReadOnlyDictionary<int, AuditedRow> rows, Func<int, ReviewedLabel?> review, FixCondition condition, FixRule rule, bool compares, Func<int, string>? suggestedFile = null)
    {
        (this.label, this.rule, this.suggestedFile) = (label, rule, suggestedFile);
        var count = label.Columns[0].Count;
        for (var row = 0; row < count; row++)
        {
            rows.TryGetValue(row, out var audited);
            if (Decide(row, audited, review(row), condition, compares) is { } decision)
                decisions[row] = decision with { Probability = audited?.Probability ?? double.NaN };
        }
    }

    /// <summary>The task's labels as they were.</summary>
    public TaskLabel Label => label;

    /// <summary>Labels that the condition holds of and the rule changed.</summary>
    public int Changed => decisions.Values.Count(decision => !decision.IsReviewed);

    /// <summary>Labels that a person corrected, and called wrong.</summary>
    public (int Corrected, int Wrong) Reviewed =>
        (decisions.Values.Count(decision => decision is { IsReviewed: true, Cells: not null }), decisions.Values.Count(decision => decision is { IsReviewed: true, Cells: null }));

    /// <summary>Labels that a person found right.</summary>
    public int Right { get; private set; }

    /// <summary>Rows of which the condition cannot be told.</summary>
    public int Unknown { get; private set; }

    /// <summary>Labelled rows of which the run says nothing.</summary>
    public int Unscored { get; private set; }

    /// <summary>Rows to be replaced for which there is no suggestion, or one that is the label they have.</summary>
    public (int Without, int Same) Suggestions { get; private set; }

    /// <summary>Labels that are not those that the run saw.</summary>
    public int ChangedSince { get; private set; }

    /// <summary>The rows with a decision.</summary>
    public IEnumerable<int> Rows => decisions.Keys.Order();

    /// <summary>What becomes of a row; null: it stays as it is.</summary>
    public Decision? Of(int row) => decisions.GetValueOrDefault(row);

    private Decision? Decide(int row, AuditedRow? audited, ReviewedLabel? review, FixCondition condition, bool compares)
    {
        switch (review)
        {
            case { Verdict: LabelVerdict.Right }:
                Right++;
                return null;
            case { Verdict: LabelVerdict.Corrected }:
                return new Decision(false, review.Cells, IsReviewed: true);
            case { Verdict: LabelVerdict.Wrong }:
                return label.IsLabelled(row) ? new Decision(rule == FixRule.Drop, null, IsReviewed: true) : null;
        }

        if (audited is null)
        {
            if (label.IsLabelled(row))
                Unscored++;
            return null;
        }

        if (audited.Reviewed.Length > 0)
        {
            Right++;
            return null;
        }

        // Earlier versions wrote labels without blanks around.
        if (compares && label.GivenText(row) is var given && audited.Given != given && audited.Given != given.Trim())
        {
            ChangedSince++;
            return null;
        }

        var holds = condition.Of(audited);
        if (holds is null)
            Unknown++;
        return holds is not true ? null : rule switch
        {
            FixRule.Drop => new Decision(true, null),
            FixRule.Blank => new Decision(false, null),
            _ => Replaced(row, audited),
        };
    }

    private Decision? Replaced(int row, AuditedRow audited)
    {
        if (suggestedFile is not null)
            return new Decision(false, [suggestedFile(row)]);
        if (audited.Suggested.Trim().Length == 0)
        {
            Suggestions = (Suggestions.Without + 1, Suggestions.Same);
            return null;
        }

        string[] cells;
        try
        {
            cells = label.SuggestedCells(audited.Suggested);
        }
        catch (FormatException e)
        {
            throw new UserErrorException($"noise-scores.csv: the suggested label of row '{audited.Id}' for task {audited.Task} does not fit the table: {e.Message.TrimEnd('.')}; is it of another run?", e);
        }

        if (!label.Columns.Select((_, i) => label.CellText(row, i)).SequenceEqual(cells))
            return new Decision(false, cells);
        Suggestions = (Suggestions.Without, Suggestions.Same + 1);
        return null;
    }

    /// <summary>What becomes of a label.</summary>
    /// <param name="IsDropped">Whether its row is left out.</param>
    /// <param name="Cells">The new cells; null: it is made a missing one, where the row stays.</param>
    /// <param name="IsReviewed">Whether a person said so.</param>
    public sealed record Decision(bool IsDropped, string[]? Cells, bool IsReviewed = false)
    {
        /// <summary>The probability that it was wrong; NaN where that is not known.</summary>
        public double Probability { get; init; } = double.NaN;

        /// <summary>The rule in a word, for the log.</summary>
        public string Word => IsDropped ? "drop" : Cells is null ? "blank" : IsReviewed ? "corrected" : "replace";
    }
}
