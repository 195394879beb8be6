using static TorchSharp.torch;

namespace Ilt.Torch;

public sealed partial class MultiTaskModel
{
    /// <summary>
    /// Where the network sees each row: the last features that its tasks share. Rows that are alike to the network lie close together. Of a perceptron the last
    /// hidden layer; of the residual CNN the means of its last map over its grid; of a UNet those of the bottleneck; of HRNet the means of its representation; of a
    /// backbone of the user's its vector, or the means of its map. Labels are not looked at.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="cancellation">Stops after the rows under way.</param>
    /// <returns>[rows x E], row-major, with E numbers per row; null where there is none: a perceptron without hidden layers, or a whole network of the user's.</returns>
    /// <exception cref="ArgumentException">The rows have another input than the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[]? Embed(TrainingData data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckInput(data);
        if (Network is not IEmbeddingNetwork network) return null;
        float[]? embedding = null;
        foreach (var rows in Enumerable.Range(0, data.RowCount).Chunk(RowsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = new float[rows.Length * FeatureCount];
            data.ReadInputs(rows, inputs);
            if (EmbedBatch(network, inputs, rows.Length) is not { } part) return null;
            var size = part.Length / rows.Length;
            embedding ??= new float[data.RowCount * size];
            part.CopyTo(embedding, rows[0] * size);
        }
        return embedding ?? [];
    }

    private float[]? EmbedBatch(IEmbeddingNetwork network, float[] inputs, int count)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var embedded = network.Embed(compute.Move(ScaledBatch(inputs, count)));
        var values = embedded is null ? null : compute.ToHost(embedded);
        GC.KeepAlive(this); // native code sees the parameters' addresses only
        return values;
    }
}
