namespace Ilt.Auditing;

/// <summary>The most probable classes, given what the models and the labels say.</summary>
internal static class RightClasses
{
    /// <summary>Reads them off a mixture.</summary>
    /// <param name="evidence">The task.</param>
    /// <param name="known">The rows of the mixture, by their number in the task.</param>
    /// <param name="mixture">The mixture.</param>
    public static RightLabels Of(TaskEvidence evidence, int[] known, ClassMixture mixture)
    {
        var (suggested, confidence) = (RightLabels.Nothing(evidence.RowCount), RightLabels.Nothing(evidence.RowCount));
        var entropies = Array.ConvertAll(suggested, _ => double.NaN);
        for (var i = 0; i < known.Length; i++)
        {
            var (row, entropy, best) = (known[i], 0.0, 0);
            for (var k = 0; k < evidence.Columns; k++)
            {
                var probability = mixture.Probabilities[i * evidence.Columns + k];
                if (probability > 0) entropy -= probability * Math.Log(probability);
                if (mixture.Posterior(i, k) > mixture.Posterior(i, best)) best = k;
            }
            entropies[row] = entropy;
            (suggested[row], confidence[row]) = evidence.KnownRight?[row] == true ? (evidence.Given[row], 1f) : ((float)best, (float)mixture.Posterior(i, best));
        }
        return new RightLabels(suggested, confidence, RankShare.Of(entropies));
    }
}
