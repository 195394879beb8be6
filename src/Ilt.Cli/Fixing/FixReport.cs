using Ilt.Cli.Output;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Fixing;

/// <summary>What <c>ilt fix</c> says of its changes.</summary>
internal static class FixReport
{
    /// <summary>A line per task and rule, and one for everything that was left as it is although somebody may expect otherwise.</summary>
    public static void Print(CliContext context, RecordedRun run, FixRule rule, FixCondition condition, IReadOnlyList<TaskFix> fixes, FixedTable result, IReadOnlyList<TaskLabel> labels)
    {
        var output = context.Out;
        if (!run.IsComplete)
            output.WriteLine($"warning: the run in {run.Folder} did not come to its end, so its scores are those of the moment");
        var what = rule switch { FixRule.Drop => "taken for wrong, and their rows left out", FixRule.Blank => "made missing", _ => "replaced by the suggested ones" };
        foreach (var fix in fixes)
        {
            var (name, labelled) = (fix.Label.Spec.Name, Enumerable.Range(0, fix.Label.Columns[0].Count).Count(fix.Label.IsLabelled));
            output.WriteLine($"{name}: {fix.Changed} of {labelled} labels {what} ({condition.Text})");
            var (corrected, wrong) = fix.Reviewed;
            if (corrected + wrong + fix.Right > 0)
                output.WriteLine($"{name}: reviewed: {corrected} corrected, {wrong} wrong {(rule == FixRule.Drop ? "and left out" : "and made missing")}, {fix.Right} right and left as they are");
            if (fix.Unknown > 0)
                output.WriteLine($"note: {name}: of {Rows(fix.Unknown)} it is not known whether {condition.Text}; left as {(fix.Unknown == 1 ? "it is" : "they are")}");
            if (fix.Unscored > 0)
                output.WriteLine($"note: {name}: {Rows(fix.Unscored)} with a label that the run did not score, such as validation rows, {Stay(fix.Unscored)}");
            if (fix.Suggestions.Without > 0)
                output.WriteLine($"note: {name}: {Rows(fix.Suggestions.Without)} taken for wrong without a suggested label {Stay(fix.Suggestions.Without)}");
            if (fix.Suggestions.Same > 0)
                output.WriteLine($"note: {name}: {Rows(fix.Suggestions.Same)} taken for wrong whose suggested label is the given one {Stay(fix.Suggestions.Same)}");
            if (fix.ChangedSince > 0)
                output.WriteLine($"note: {name}: {Rows(fix.ChangedSince)} whose label is not the one that the run saw {Stay(fix.ChangedSince)}");
        }

        if (result.Dropped > 0)
        {
            var lost = labels.Select(label => (label.Spec.Name, Count: result.LostWithOthers(label))).Where(of => of.Count > 0).ToArray();
            output.WriteLine($"{Rows(result.Dropped)} left out{(lost.Length == 0 ? "" : $"; with them go labels that are not taken for wrong: {string.Join(", ", lost.Select(of => $"{of.Count} of {of.Name}"))}")}");
        }

        foreach (var label in labels)
        {
            if (result.Shift(label) is { } shift)
                output.WriteLine($"note: {label.Spec.Name}: the shares of the classes shift: {shift}");
        }
    }

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    private static string Stay(int count) => count == 1 ? "is left as it is" : "are left as they are";
}
