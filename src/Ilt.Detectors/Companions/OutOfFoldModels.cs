using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>Predictions of models that have not seen the rows: each fold is predicted by the model that was fitted on the others.</summary>
/// <param name="table">The rows.</param>
/// <param name="targets">The labels of one task.</param>
/// <param name="fold">The fold of every row, from 0; see <see cref="RowFolds"/>.</param>
/// <param name="folds">Number of folds.</param>
internal sealed class OutOfFoldModels(TableData table, PlainTargets targets, int[] fold, int folds)
{
    /// <summary>Fits and predicts fold by fold.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">How much each row counts in a fit, from 0 to 1; null: all alike.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="afterFold">Called with each fold, from 0, after it is done.</param>
    /// <param name="cancellation">Stops after the fit under way.</param>
    /// <returns>[rows x columns], as <see cref="PlainTargets.Losses"/> takes them.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Predict(TabularModel model, float[]? weights, int seed, Action<int>? afterFold, CancellationToken cancellation)
    {
        var predictions = new float[targets.RowCount * targets.Columns];
        for (var f = 0; f < folds; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (held, others) = RowFolds.Split(fold, f);
            var fit = Array.FindAll(others, targets.IsLabelled);
            var part = model.FitAndPredict(table, targets, fit, weights is null ? null : Array.ConvertAll(fit, row => weights[row]), held, seed);
            for (var i = 0; i < held.Length; i++)
                part.AsSpan(i * targets.Columns, targets.Columns).CopyTo(predictions.AsSpan(held[i] * targets.Columns));
            afterFold?.Invoke(f);
        }
        return predictions;
    }
}
