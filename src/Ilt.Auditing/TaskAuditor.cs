using Ilt.Detectors;

namespace Ilt.Auditing;

/// <summary>Says how many labels of a task are wrong, and which.</summary>
public static class TaskAuditor
{
    /// <summary>Audits the labels of a task. Equal for equal evidence.</summary>
    /// <param name="evidence">What is known of them.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a class is none.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TaskAudit Audit(TaskEvidence evidence, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        cancellation.ThrowIfCancellationRequested();
        EvidenceChecks.Check(evidence);
        return evidence.Form switch
        {
            LabelForm.Images => Images(evidence, cancellation),
            _ when evidence.OutOfFold is null => Unknown(evidence, "there are no predictions by models that had not seen the rows"),
            LabelForm.Classes => Classes(evidence, cancellation),
            _ => Numbers(evidence, cancellation),
        };
    }

    private static TaskAudit Images(TaskEvidence evidence, CancellationToken cancellation)
    {
        if (evidence.OutOfFoldLosses is not { } losses) return Unknown(evidence, "there are no losses under networks that had not seen the rows");
        var counted = Counted(evidence, row => float.IsFinite(losses[row]));
        if (TooFew(counted) is { } why) return Unknown(evidence, why);
        cancellation.ThrowIfCancellationRequested();
        return Verdict.Of(evidence, counted, ImageShare.Of(Array.ConvertAll(counted, row => (double)losses[row])), RightLabels.Unknown(evidence.RowCount));
    }

    private static TaskAudit Classes(TaskEvidence evidence, CancellationToken cancellation)
    {
        var counted = Counted(evidence, row => Predicted(evidence, evidence.OutOfFold!, row));
        if (TooFew(counted) is { } why) return Unknown(evidence, why);
        var known = Enumerable.Range(0, evidence.RowCount).Where(row => Predicted(evidence, evidence.OutOfFold!, row)).ToArray();
        var rows = Rows(evidence, evidence.OutOfFold!, known, counted);
        var mixture = new ClassMixture(rows, evidence.Seed);
        cancellation.ThrowIfCancellationRequested();
        var estimate = ClassShare.Of(rows, mixture, evidence.Seed);
        if (estimate.Share.Estimate is { } share && evidence.InSample is { } seen)
        {
            var both = Array.FindAll(counted, row => Predicted(evidence, seen, row));
            cancellation.ThrowIfCancellationRequested();
            if (both.Length >= ShareEstimate.FewestLabels)
                estimate = Agree(estimate, share, new ClassMixture(Rows(evidence, seen, both, both), evidence.Seed).Curve.Share);
        }
        return Verdict.Of(evidence, counted, estimate, RightClasses.Of(evidence, known, mixture, estimate.Share.Estimate is not null));
    }

    private static TaskAudit Numbers(TaskEvidence evidence, CancellationToken cancellation)
    {
        var counted = Counted(evidence, row => Predicted(evidence, evidence.OutOfFold!, row) && Predicted(evidence, evidence.Given, row));
        var certain = Array.ConvertAll(counted, _ => 1.0);
        var values = Pick(evidence, evidence.Given, counted);
        if ((TooFew(counted) ?? NumberShare.Unfit(values, evidence.Columns)) is { } why)
            return Verdict.Of(evidence, counted, ShareEstimate.Unknown(why), RightNumbers.Of(evidence, counted, certain));
        var (estimate, mixture) = NumberShare.Of(new NumberRows(values, Pick(evidence, evidence.OutOfFold!, counted), evidence.Columns), evidence.Seed);
        cancellation.ThrowIfCancellationRequested();
        if (estimate.Share.Estimate is { } share && evidence.InSample is { } seen)
        {
            var both = Array.FindAll(counted, row => Predicted(evidence, seen, row));
            if (both.Length >= ShareEstimate.FewestLabels)
                estimate = Agree(estimate, share, NumberMixture.Fit(new NumberRows(Pick(evidence, evidence.Given, both), Pick(evidence, seen, both), evidence.Columns), mixture.Freedom).Share);
        }
        return Verdict.Of(evidence, counted, estimate, RightNumbers.Of(evidence, counted, [.. counted.Select((_, i) => mixture.Right(i))]));
    }

    // A network that learned wrong labels by heart sees fewer of them, which is no reason to doubt models that had not seen the rows. One that sees more of them, although it was trained on
    // them, is one.
    private static ShareEstimate Agree(ShareEstimate estimate, double share, double seen) => seen - share <= ShareEstimate.MostDifference
        ? estimate
        : estimate.But($"models that had not seen the rows say {ShareEstimate.Percent(share)}, and the network that was trained on them {ShareEstimate.Percent(seen)}");

    private static string? TooFew(int[] counted) => counted.Length < ShareEstimate.FewestLabels
        ? $"{counted.Length} labels with predictions are too few; it takes {ShareEstimate.FewestLabels}"
        : null;

    private static int[] Counted(TaskEvidence evidence, Func<int, bool> usable) =>
        [.. Enumerable.Range(0, evidence.RowCount).Where(row => evidence.IsLabelled(row) && evidence.KnownRight?[row] != true && usable(row))];

    private static bool Predicted(TaskEvidence evidence, float[] numbers, int row)
    {
        foreach (var number in numbers.AsSpan(row * evidence.Columns, evidence.Columns))
            if (!float.IsFinite(number)) return false;
        return true;
    }

    private static ClassRows Rows(TaskEvidence evidence, float[] probabilities, int[] known, int[] counted)
    {
        var counts = counted.ToHashSet();
        return new ClassRows(Pick(evidence, probabilities, known), Array.ConvertAll(known, row => counts.Contains(row) ? (int)evidence.Given[row] : -1), evidence.Columns);
    }

    private static double[] Pick(TaskEvidence evidence, float[] numbers, int[] rows)
    {
        var picked = new double[rows.Length * evidence.Columns];
        for (var i = 0; i < picked.Length; i++) picked[i] = numbers[rows[i / evidence.Columns] * evidence.Columns + i % evidence.Columns];
        return picked;
    }

    private static TaskAudit Unknown(TaskEvidence evidence, string why) => Verdict.Of(evidence, [], ShareEstimate.Unknown(why), RightLabels.Unknown(evidence.RowCount));
}
