using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Getters that turn the network's outputs into the values of ML.NET's conventional columns.</summary>
internal static class PredictionGetters
{
    public static Delegate Create(TaskSchema task, OutputColumn output, RowPredictions predictions)
    {
        var k = output.Task;
        return (task.Label, output.Role) switch
        {
            // Keys count from 1; ArgMax is -1 where the network's output is NaN, which becomes the missing key 0.
            (LabelKind.Key, OutputColumns.PredictedLabel) =>
                new ValueGetter<uint>((ref uint value) => value = (uint)(Probabilities.ArgMax(predictions.Of(k)) + 1)),
            (LabelKind.Boolean, OutputColumns.PredictedLabel) =>
                new ValueGetter<bool>((ref bool value) => value = Probabilities.ArgMax(predictions.Of(k)) == 1),
            (LabelKind.Boolean, OutputColumns.Score) =>
                new ValueGetter<float>((ref float value) => value = Probabilities.Logit(predictions.Of(k)[0], predictions.Of(k)[1])),
            (LabelKind.Boolean, OutputColumns.Probability) =>
                new ValueGetter<float>((ref float value) => value = predictions.Of(k)[1]),
            (LabelKind.Mask, OutputColumns.PredictedLabel) => new ValueGetter<VBuffer<byte>>((ref VBuffer<byte> value) =>
            {
                var probabilities = predictions.Of(k);
                var editor = VBufferEditor.Create(ref value, probabilities.Length / task.Size);
                PixelClasses.MostProbable(probabilities, task.Size, editor.Values);
                value = editor.Commit();
            }),
            (LabelKind.Number, _) =>
                new ValueGetter<float>((ref float value) => value = predictions.Of(k)[0]),
            _ => new ValueGetter<VBuffer<float>>((ref VBuffer<float> value) =>
            {
                var outputs = predictions.Of(k);
                var editor = VBufferEditor.Create(ref value, outputs.Length);
                outputs.CopyTo(editor.Values);
                value = editor.Commit();
            }),
        };
    }
}
