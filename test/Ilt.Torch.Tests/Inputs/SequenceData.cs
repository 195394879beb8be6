using System.Security.Cryptography;

namespace Ilt.Torch.Tests.Inputs;

/// <summary>Sequences in memory, [rows x channels x steps], which the network sees scaled.</summary>
internal sealed class SequenceData(float[] values, int channels, int steps, IReadOnlyList<TaskLabels> labels)
    : TrainingData(values.Length / (channels * steps), new InputShape(channels, 0, steps), labels)
{
    public override void ReadInputs(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++) values.AsSpan(rows[i] * Input.Size, Input.Size).CopyTo(destination[(i * Input.Size)..]);
    }

    public override SequenceData Subset(ReadOnlySpan<int> rows)
    {
        var kept = new float[rows.Length * Input.Size];
        ReadInputs(rows, kept);
        return new SequenceData(kept, Input.Channels, Input.Width, LabelsOf(rows)) { KnownRight = KnownRightOf(rows) };
    }

    internal override SequenceData WithLabels(IReadOnlyList<TaskLabels> labels) => new(values, Input.Channels, Input.Width, labels);

    internal override InputScaling FitInputScaling() => InputScaling.Fit(this);

    internal override void AppendInputs(IncrementalHash hash) => hash.Append<float>(values);

    internal override IBatches OpenBatches(BatchOptions options) => new Batches(this, options);

    private sealed class Batches(SequenceData data, BatchOptions options) : IBatches
    {
        private IReadOnlyList<int[]> batches = [];
        private int next;

        public TimeSpan Waited => TimeSpan.Zero;

        public void Begin(int epoch, IReadOnlyList<int[]> batches) => (this.batches, next) = (batches, 0);

        public Batch Next()
        {
            var rows = batches[next++];
            var inputs = new float[rows.Length * data.Input.Size];
            data.ReadInputs(rows, inputs);
            options.InputScaling!.Scale(inputs, data.Input.Width);
            var targets = options.Tasks.Select((task, k) => task.CreateTargets(data.Labels[k], options.TargetScalings[k], rows.Length, default)).ToArray();
            var labelled = new bool[rows.Length * targets.Length];
            for (var i = 0; i < labelled.Length; i++) labelled[i] = targets[i % targets.Length].Write(i / targets.Length, rows[i / targets.Length], null);
            return new Batch(Tensors.From(inputs, data.Input.Modality.BatchShape(data.Input, rows.Length)), Array.ConvertAll(targets, target => target.ToTensors()), labelled);
        }

        public void Dispose()
        {
        }
    }
}
