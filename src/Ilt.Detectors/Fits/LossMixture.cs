using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// Two components in the losses of a training under equal weights, of right and of wrong labels (Arazo et al., Unsupervised Label Noise Modeling and Loss
/// Correction, 2019, with beta distributions; DivideMix, Li, Socher and Hoi 2020, with normal ones): the score is the logarithm of the odds that the row is of the
/// high one. Above 0 = rather wrong than right.
/// </summary>
/// <remarks>
/// Normal distributions of the noise scores, means of log losses over the epochs, where the papers take the losses of one epoch: logarithms of losses look normal, losses do
/// not. Since higher losses never get lower odds, the ranking is that of equal/noise-score; what the mixture adds is the point where to stop reading, 0.
/// </remarks>
public sealed class LossMixture : IDetector
{
    private static readonly RowScoreDetector Losses = new(new NoiseScore(), LossWeightingKind.Equal);

    /// <inheritdoc/>
    public string Name => "loss-mixture";

    /// <inheritdoc/>
    public string Summary =>
        "the log odds that the row's mean log loss under equal weights is of the higher of two normal distributions, that of wrong labels; above 0 rather wrong than right";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => true;

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var losses = Losses.Detect(input, cancellation);
        var reasons = new string?[input.Tasks.Count];
        var scores = losses.Scores.Select((of, k) => of is null ? null : Scores(of, out reasons[k])).ToArray();
        return losses with { Scores = scores, Reasons = reasons };
    }

    private static float[] Scores(float[] losses, out string reason)
    {
        if (GaussianMixture.Fit([.. losses.Where(loss => !float.IsNaN(loss)).Select(loss => (double)loss)]) is not { } mixture)
        {
            reason = "too few labels, or too few different losses, for two components: ranked by the loss";
            return losses;
        }
        reason = FormattableString.Invariant(
            $"components at {mixture.LowMean:F2} and {mixture.HighMean:F2} of the mean log loss; {mixture.HighShare:P0} of the labels are in the higher one");
        return Array.ConvertAll(losses, loss => float.IsNaN(loss) ? float.NaN : (float)mixture.LogOdds(loss));
    }
}
