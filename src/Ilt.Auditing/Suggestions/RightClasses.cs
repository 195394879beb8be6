namespace Ilt.Auditing;

/// <summary>The most probable classes, given what the models and the labels say.</summary>
internal static class RightClasses
{
    /// <summary>Reads them off a mixture, or, where it tells nothing, off the predictions: then the label itself counts for nothing.</summary>
    /// <param name="evidence">The task.</param>
    /// <param name="known">The rows of the mixture, by their number in the task.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="isTold">Whether the mixture says how many labels are wrong.</param>
    public static RightLabels Of(TaskEvidence evidence, int[] known, ClassMixture mixture, bool isTold)
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
                if (Probability(i, k) > Probability(i, best)) best = k;
            }
            entropies[row] = entropy;
            (suggested[row], confidence[row]) = evidence.KnownRight?[row] == true ? (evidence.Given[row], 1f) : ((float)best, (float)Probability(i, best));
        }
        return new RightLabels(suggested, confidence, RankShare.Of(entropies));

        double Probability(int i, int k) => isTold ? mixture.Posterior(i, k) : evidence.OutOfFold![known[i] * evidence.Columns + k];
    }
}
