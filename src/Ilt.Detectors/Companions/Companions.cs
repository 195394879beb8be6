using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// What boosted trees and a linear model together say of the labels of one task, none of which has seen the row it speaks of.
/// </summary>
/// <remarks>
/// All models predict every row out of fold. Rows whose label the best of them does not expect then count less, and all are fitted and asked
/// again, twice, so that wrong labels, which have pulled at every model, pull at it less. A row's weight is the probability of its label for
/// classes, and 1 / (1 + loss / (4 median loss)), that of a Cauchy distribution, for numbers; rows known to be right keep a weight of 1. In the end a model's voice is
/// exp(-20 (loss / the best model's loss - 1)): a model five percent worse than the best has 0.37 of its voice. These are losses on the labels as
/// they are, wrong ones included, which raise the losses of all models alike.
/// </remarks>
internal sealed class Companions
{
    private const int Rounds = 3;
    private const double VoicePerShare = 20;
    private const double MediansOfHalfWeight = 4;
    private const float SmallestNumberWeight = 0.01f, SmallestClassWeight = 0.02f;

    private Companions(float[] logLosses, float[] predictions, IReadOnlyList<(TabularModel Model, double Loss, double Voice)> voices, int fits)
    {
        (LogLosses, Predictions, Voices, Fits) = (logLosses, predictions, voices, fits);
    }

    /// <summary>Per row the mean, by voice, of the models' log(loss + <see cref="Parameters.LossStatistics.LogLossOffset"/>); NaN where there is no label.</summary>
    public float[] LogLosses { get; }

    /// <summary>[rows x columns]: the mean, by voice, of what they predict.</summary>
    public float[] Predictions { get; }

    /// <summary>The models, their mean losses on rows they had not seen, and their voices, which sum to 1.</summary>
    public IReadOnlyList<(TabularModel Model, double Loss, double Voice)> Voices { get; }

    /// <summary>Fits that it took.</summary>
    public int Fits { get; }

    /// <summary>Fits that a task takes.</summary>
    public static int FitsOf(PlainTargets targets, int folds, TreeLibrary library) => Rounds * folds * TabularModels.Joined(targets, library).Count;

    /// <summary>Asks all models that suit the task.</summary>
    /// <param name="models">Rows, labels and folds.</param>
    /// <param name="targets">The labels.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="library">The library of trees that there is.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="afterFold">Called after each fit with what was fitted.</param>
    /// <param name="cancellation">Stops after the fit under way.</param>
    /// <param name="knownRight">Rows whose label is known to be right; null: none.</param>
    public static Companions Ask(
        OutOfFoldModels models, PlainTargets targets, int folds, TreeLibrary library, int seed, Action<string> afterFold, CancellationToken cancellation, bool[]? knownRight = null)
    {
        var kinds = TabularModels.Joined(targets, library);
        float[]? weights = null;
        var predictions = new float[kinds.Count][];
        var losses = new float[kinds.Count][];
        var means = new double[kinds.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var m = 0; m < kinds.Count; m++)
            {
                var name = kinds[m].InWords;
                predictions[m] = models.Predict(kinds[m], weights, seed, f => afterFold(FormattableString.Invariant($"{name}, fold {f + 1} of {folds}")), cancellation);
                losses[m] = targets.Losses(predictions[m]);
                means[m] = losses[m].Where(loss => !float.IsNaN(loss)).Average(loss => (double)loss);
            }
            weights = Weights(losses[Array.IndexOf(means, means.Min())], targets.IsClasses, knownRight);
        }
        var voices = means.Select(mean => Math.Exp(-VoicePerShare * (mean / Math.Max(means.Min(), double.Epsilon) - 1))).ToArray();
        var sum = voices.Sum();
        return new Companions(
            Mean(losses, voices, loss => Math.Log(loss + Parameters.LossStatistics.LogLossOffset)),
            Mean(predictions, voices, value => value),
            [.. kinds.Select((kind, m) => (kind, means[m], voices[m] / sum))],
            FitsOf(targets, folds, library));
    }

    /// <summary>How much each row counts in the next round.</summary>
    internal static float[] Weights(float[] losses, bool isClasses, bool[]? knownRight = null)
    {
        var known = Array.FindAll(losses, loss => !float.IsNaN(loss));
        Array.Sort(known);
        var half = MediansOfHalfWeight * Math.Max(1e-3, known[known.Length / 2]);
        var weights = Array.ConvertAll(losses, loss => float.IsNaN(loss) ? 0
            : isClasses ? Math.Max(SmallestClassWeight, MathF.Exp(-loss))
            : Math.Max(SmallestNumberWeight, (float)(1 / (1 + loss / half))));
        for (var row = 0; row < weights.Length; row++)
            if (knownRight is not null && knownRight[row] && !float.IsNaN(losses[row])) weights[row] = 1;
        return weights;
    }

    private static float[] Mean(float[][] values, double[] voices, Func<double, double> of)
    {
        var sum = voices.Sum();
        return [.. Enumerable.Range(0, values[0].Length).Select(i => (float)(values.Select((column, m) => voices[m] * of(column[i])).Sum() / sum))];
    }
}
