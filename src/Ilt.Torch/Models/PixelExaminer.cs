namespace Ilt.Torch;

/// <summary>What the networks of the late epochs say about the label image of one row.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Heat">
/// [H x W]: how badly each pixel's label fits, higher = worse; NaN where the pixel has no label. Masks: mean over the networks of
/// -log p(given class), nats; maps: mean absolute error in standard deviations of the scaled map.
/// </param>
/// <param name="SuggestedMask">Masks: [H x W], the class that is most probable on average; null for a map.</param>
/// <param name="SuggestedMap">Maps: [H x W], the mean prediction in the user's units; null for a mask.</param>
public sealed record PixelExamination(int Row, float[] Heat, byte[]? SuggestedMask, float[]? SuggestedMap);

/// <summary>
/// Says where in an image the label does not fit. Beyond the paper, which stops at one number per image.
/// </summary>
/// <remarks>
/// Some networks of the second half of the training are kept and asked, when a row is examined, for every pixel's loss; the mean over them
/// is the heat. So the memory is that of a few networks, whatever the number of rows, pixels and classes, and images are seen whole,
/// without augmentation. Not thread-safe, and not to be used while the model predicts.
/// </remarks>
public sealed class PixelExaminer
{
    private readonly MultiTaskModel model;
    private readonly IReadOnlyList<NetworkState> snapshots;

    internal PixelExaminer(MultiTaskModel model, IReadOnlyList<NetworkState> snapshots)
    {
        this.model = model;
        this.snapshots = snapshots.Count > 0 ? snapshots : [NetworkState.Capture(model.Network)];
    }

    /// <summary>Networks that are asked.</summary>
    public int SnapshotCount => snapshots.Count;

    /// <summary>The epochs (from 0) after which a network is kept: evenly over the second half, the last one among them; none without pixel tasks.</summary>
    internal static HashSet<int> SnapshotEpochs(IReadOnlyList<TaskDefinition> tasks, int epochs, int snapshots) =>
        tasks.Any(task => task.IsPerPixel)
            ? [.. Enumerable.Range(1, snapshots).Select(i => epochs - 1 - (int)((long)(snapshots - i) * (epochs / 2) / snapshots))]
            : [];

    /// <summary>Examines the label images of some rows.</summary>
    /// <param name="data">The data that holds the rows.</param>
    /// <param name="task">A pixel task, from 0.</param>
    /// <param name="rows">Rows that have a label, from 0.</param>
    /// <returns>One entry per row, made some at a time as they are asked for.</returns>
    /// <exception cref="ArgumentException">The task is none of pixels, or the data does not fit the model.</exception>
    public IEnumerable<PixelExamination> Examine(TrainingData data, int task, IReadOnlyList<int> rows)
    {
        if (!model.Tasks[task].IsPerPixel)
            throw new ArgumentException($"Task '{model.Tasks[task].Name}' has one label per row; only label images can be examined pixel by pixel.", nameof(task));
        if (data.Input != model.Input || data.Labels.Count != model.Tasks.Count)
            throw new ArgumentException("The data does not have the input and the tasks of the model.", nameof(data));
        return rows.Chunk(model.RowsAtOnce).SelectMany(part => ExaminePart(data, task, part));
    }

    private PixelExamination[] ExaminePart(TrainingData data, int task, int[] rows)
    {
        var inputs = new float[rows.Length * model.FeatureCount];
        data.ReadInputs(rows, inputs);
        var sums = rows.Select(row => model.Tasks[task].CreatePixelSums(data.Labels[task], row, model.ScalingOf(task))!).ToArray();
        var before = NetworkState.Capture(model.Network);
        try
        {
            foreach (var snapshot in snapshots)
            {
                snapshot.Restore(model.Network);
                var predictions = model.Predict(inputs)[task];
                var size = predictions.Length / rows.Length;
                for (var i = 0; i < rows.Length; i++) sums[i].Add(predictions.AsSpan(i * size, size));
            }
        }
        finally
        {
            before.Restore(model.Network);
        }
        return [.. sums.Select(sum => sum.Result(snapshots.Count))];
    }
}
