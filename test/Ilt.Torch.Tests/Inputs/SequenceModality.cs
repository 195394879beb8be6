namespace Ilt.Torch.Tests.Inputs;

/// <summary>A kind of input that the library does not have: so many steps of so many channels, [B, C, T].</summary>
internal sealed class SequenceModality : InputModality
{
    public override bool Takes(InputShape shape) => shape is { Height: 0, Width: > 0 };

    public override string Rows => "sequences";

    public override string ShapeInWords(InputShape shape) => $"sequence of {shape.Width} step(s)";

    public override string ContentInWords(InputShape shape) => $"{shape.Width} steps";

    public override int Size(InputShape shape) => shape.Channels * shape.Width;

    public override long[] BatchShape(InputShape shape, int rows) => [rows, shape.Channels, shape.Width];

    public override int RowsAtOnce => 7; // no whole number of them in the tests' rows

    public override bool FindsLength => true;

    public override TrainingOptions Fill(TrainingOptions options, int rows, InputShape shape, IReadOnlyList<TaskDefinition> tasks) => options with
    {
        InstanceLevel = options.InstanceLevel with { MedianPull = options.InstanceLevel.MedianPull ?? 0 },
        BatchSize = options.BatchSize ?? 16,
        Epochs = options.Epochs ?? 6,
        LearningRate = options.LearningRate ?? 2e-3,
        WeightDecay = options.WeightDecay ?? 0.5,
    };
}
