using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Detectors;

/// <summary>A model for rows of a table that is fitted at once and predicts at once: what a network is compared with, and joined with.</summary>
internal abstract class TabularModel
{
    /// <summary>Short name, as in files and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What messages call it.</summary>
    public abstract string InWords { get; }

    /// <summary>Fits some rows and predicts others.</summary>
    /// <param name="table">The features.</param>
    /// <param name="targets">The labels.</param>
    /// <param name="fit">Rows to learn from, all labelled.</param>
    /// <param name="weights">How much each of them counts, from 0 to 1; null: all alike.</param>
    /// <param name="held">Rows to predict.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <returns>[held x columns], as <see cref="PlainTargets.Losses"/> takes them.</returns>
    public float[] FitAndPredict(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed)
    {
        var predictions = new float[held.Length * targets.Columns];
        if (targets.IsClasses) PredictClasses(table, targets, fit, weights, held, seed, predictions);
        else
            for (var column = 0; column < targets.Columns; column++)
                Scatter(PredictNumber(table, Array.ConvertAll(fit, row => targets.Values[row * targets.Columns + column]), fit, weights, held, seed), predictions, column, targets.Columns);
        return predictions;
    }

    /// <summary>Predicts one number.</summary>
    protected abstract float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed);

    /// <summary>Predicts probabilities of the classes.</summary>
    protected abstract void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions);

    /// <summary>Puts one column into [rows x columns].</summary>
    protected static void Scatter(float[] values, float[] predictions, int column, int columns)
    {
        for (var i = 0; i < values.Length; i++) predictions[i * columns + column] = values[i];
    }

    /// <summary>Reads the probabilities of classes, [rows x classes].</summary>
    protected static void ReadProbabilities(IDataView scored, float[] predictions)
    {
        var at = 0;
        foreach (var row in scored.GetColumn<float[]>("Score"))
        {
            row.CopyTo(predictions, at);
            at += row.Length;
        }
    }

    /// <summary>Makes probabilities of non-negative scores per class; where all are zero, all classes are equally likely.</summary>
    protected static void Normalise(float[] predictions, int columns)
    {
        for (var start = 0; start < predictions.Length; start += columns)
        {
            var row = predictions.AsSpan(start, columns);
            var sum = 0f;
            foreach (ref var value in row) sum += value = Math.Max(value, SmallestProbability);
            foreach (ref var value in row) value /= sum;
        }
    }

    // A model that has seen no example of a class among some hundred rows cannot know it to be impossible.
    private const float SmallestProbability = 1e-3f;
}
