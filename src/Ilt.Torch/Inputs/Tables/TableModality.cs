namespace Ilt.Torch;

/// <summary>Rows of a table: a list of features each.</summary>
internal sealed class TableModality : InputModality
{
    /// <summary>Every shape that is of no other kind: it counts as so many features.</summary>
    public override bool Takes(InputShape shape) => true;

    public override string Rows => "features";

    public override string ShapeInWords(InputShape shape) => $"table of {shape.Channels} feature(s)";

    public override string ContentInWords(InputShape shape) => $"{shape.Channels} features";

    public override int Size(InputShape shape) => shape.Channels;

    public override long[] BatchShape(InputShape shape, int rows) => [rows, shape.Channels];

    public override int RowsAtOnce => 4096;

    public override bool IsFlat => true;

    public override bool FindsLength => true;

    public override TrainingOptions Fill(TrainingOptions options, int rows, InputShape shape, IReadOnlyList<TaskDefinition> tasks) =>
        TableDefaults.Fill(options, rows, shape.Channels);
}
