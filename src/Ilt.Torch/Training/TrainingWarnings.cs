using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>Signs that a ranking should not be trusted: a run that has not learned gives a confident, wrong one.</summary>
internal static class TrainingWarnings
{
    // Of the loss of a constant prediction. Between "learned something" (well below 1) and "nothing" (about 1).
    private const double HardlyLearned = 0.9;

    public static IReadOnlyList<string> Find(IReadOnlyList<TaskDefinition> tasks, IReadOnlyList<TaskLabels> labels, double[] references, LossStatistics statistics, bool completed, Exception? failure, int epochsDone, int epochs)
    {
        var warnings = new List<string>();
        if (failure is not null) warnings.Add($"Training broke off after {epochsDone} of {epochs} epochs; model and scores are those of the end of the last one.");
        else if (!completed) warnings.Add($"Training was cancelled after {epochsDone} of {epochs} epochs; model and scores are those of that moment.");
        for (var k = 0; k < tasks.Count; k++)
        {
            var losses = new List<float>();
            for (var row = 0; row < labels[k].Count; row++)
                if (labels[k].IsLabelled(row) && statistics.LastLoss(row, k) is var loss && float.IsFinite(loss)) losses.Add(loss);
            if (losses.Count == 0) continue;
            losses.Sort();
            var ratio = tasks[k].Coefficient * losses[losses.Count / 2] / references[k];
            if (ratio >= HardlyLearned)
                warnings.Add(FormattableString.Invariant($"Task '{tasks[k].Name}' was hardly learned: the typical loss is {ratio:P0} of a constant prediction's. Its ranking shows labels that are unlike all others, hardly those that do not fit their row; better features, more epochs or another learning rate may help."));
        }
        return warnings;
    }
}
