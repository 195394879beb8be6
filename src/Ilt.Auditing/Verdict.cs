namespace Ilt.Auditing;

/// <summary>Makes the audit of a task from what a model says of the rows that count.</summary>
internal static class Verdict
{
    private const double Surest = 40, LeastAfterReview = 0.01;

    /// <summary>Makes it.</summary>
    /// <param name="evidence">The task.</param>
    /// <param name="counted">The rows that the model was fitted to.</param>
    /// <param name="estimate">What it says of them.</param>
    /// <param name="labels">What the labels should be.</param>
    public static TaskAudit Of(TaskEvidence evidence, int[] counted, ShareEstimate estimate, RightLabels labels)
    {
        // Reviews take away the surest contradictions, by which an estimate goes: that none is left of these does not mean that no label is wrong.
        if (estimate.Share.Estimate < LeastAfterReview && evidence.KnownRight is { } known && Array.IndexOf(known, true) >= 0)
            estimate = estimate.But("people have reviewed the rows that told most, and what is left tells too little; the estimate from before the review, less what it mended, still holds");
        var (probabilities, odds) = (RightLabels.Nothing(evidence.RowCount), RightLabels.Nothing(evidence.RowCount));
        var flagged = new bool[evidence.RowCount];
        if (estimate.LogOdds is { } logs)
            for (var i = 0; i < counted.Length; i++) odds[counted[i]] = (float)Math.Clamp(logs[i], -Surest, Surest);
        if (estimate.Share.Estimate is { } share)
        {
            var ranked = Array.FindAll(counted, row => !float.IsNaN(evidence.Scores[row]));
            var fitted = Isotonic.Fit(Array.ConvertAll(ranked, row => (double)evidence.Scores[row]),
                Array.ConvertAll(ranked, row => share == 0 ? 0 : 1 / (1 + Math.Exp(-odds[row]))));
            for (var i = 0; i < ranked.Length; i++) probabilities[ranked[i]] = (float)Math.Clamp(fitted[i], 0, 1);
            // Equal probabilities are taken by score, and equal scores by row, so that the flagged rows are a prefix of the ranking.
            var order = ranked.OrderByDescending(row => evidence.Scores[row]).ThenBy(row => row).ToArray();
            foreach (var row in order.Take(FlaggedSet.Count(Array.ConvertAll(order, row => (double)probabilities[row])))) flagged[row] = true;
            for (var row = 0; row < flagged.Length; row++)
                if (evidence.KnownRight?[row] == true && evidence.IsLabelled(row)) probabilities[row] = 0;
        }
        return new TaskAudit
        {
            Share = estimate.Share,
            ProbabilityWrong = probabilities,
            LogOdds = odds,
            IsFlagged = flagged,
            Suggested = labels.Suggested,
            Confidence = labels.Confidence,
            Difficulty = labels.Difficulty,
        };
    }
}
