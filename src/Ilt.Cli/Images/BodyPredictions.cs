using Ilt.Cli.Pipeline;
using Ilt.Cli.Tasks;
using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Images;

/// <summary>What the network says of one row: shape and pose as the labels have them, and the mask where there is such a task.</summary>
internal sealed record BodyPrediction(float[] Shape, float[] Pose, ByteImage? Mask);

/// <summary>Predicts chosen training rows of a run with a body.</summary>
internal static class BodyPredictions
{
    /// <summary>The predictions by row, in the order given.</summary>
    public static IEnumerable<(int Row, BodyPrediction Predicted)> Of(FlagData data, FlagResult result, SurfaceLabel surface, int[] rows)
    {
        var view = result.Pipeline.Transform(new TableDataView(FlagTraining.InputView(data), rows));
        var mask = PersonTasks.Parts(data.Labels).FirstOrDefault() is { } label ? view.Schema[label.Spec.Name + ".PredictedLabel"] : (DataViewSchema.Column?)null;
        var (shape, pose) = (view.Schema[surface.Shape.Spec.Name + ".Score"], view.Schema[surface.Pose.Spec.Name + ".Score"]);
        using var cursor = view.GetRowCursor([shape, pose, .. mask is { } needed ? new[] { needed } : []]);
        var (shapeOf, poseOf) = (Numbers(cursor, shape), Numbers(cursor, pose));
        var maskOf = mask is { } column ? Mask(cursor, column) : () => null;
        for (var i = 0; cursor.MoveNext(); i++)
            yield return (rows[i], new BodyPrediction(shapeOf(), poseOf(), maskOf()));
    }

    private static Func<float[]> Numbers(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var number = row.GetGetter<float>(column);
            return () =>
            {
                float value = 0;
                number(ref value);
                return [value];
            };
        }

        var numbers = row.GetGetter<VBuffer<float>>(column);
        return () =>
        {
            VBuffer<float> values = default;
            numbers(ref values);
            return [.. values.DenseValues()];
        };
    }

    private static Func<ByteImage?> Mask(DataViewRow row, DataViewSchema.Column column)
    {
        var size = ((VectorDataViewType)column.Type).Dimensions;
        var pixels = row.GetGetter<VBuffer<byte>>(column);
        return () =>
        {
            VBuffer<byte> values = default;
            pixels(ref values);
            return new ByteImage(size[0], size[1], 1, [.. values.DenseValues()]);
        };
    }
}
