using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Makes a getter that turns a task's outputs for the current row into the value of a column.</summary>
/// <param name="predictions">The network's outputs.</param>
/// <param name="task">The task, from 0.</param>
internal delegate Delegate PredictionGetter(RowPredictions predictions, int task);

/// <summary>Getters that turn the network's outputs into the values of ML.NET's conventional columns.</summary>
internal static class PredictionGetters
{
    /// <summary>The value of a task's outputs: probabilities, or numbers in the user's units.</summary>
    public delegate T ValueOf<T>(ReadOnlySpan<float> outputs);

    /// <summary>One value.</summary>
    public static PredictionGetter Value<T>(ValueOf<T> of)
        => (predictions, task) => new ValueGetter<T>((ref T value) => value = of(predictions.Of(task)));

    /// <summary>All outputs as they are.</summary>
    public static Delegate Vector(RowPredictions predictions, int task) => new ValueGetter<VBuffer<float>>((ref VBuffer<float> value) =>
    {
        var outputs = predictions.Of(task);
        var editor = VBufferEditor.Create(ref value, outputs.Length);
        outputs.CopyTo(editor.Values);
        value = editor.Commit();
    });
}
