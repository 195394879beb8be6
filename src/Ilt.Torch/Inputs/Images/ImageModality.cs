namespace Ilt.Torch;

/// <summary>Images of one size: planes of pixels, one per channel.</summary>
internal sealed class ImageModality : InputModality
{
    public override bool Takes(InputShape shape) => shape.IsImage;

    public override string Rows => "images";

    public override string ShapeInWords(InputShape shape) => $"{shape.Height} x {shape.Width} image of {shape.Channels} channel(s)";

    public override string ContentInWords(InputShape shape) => $"{shape.Height} x {shape.Width} pixels of {shape.Channels} channel(s)";

    public override int Size(InputShape shape) => shape.Channels * shape.Height * shape.Width;

    public override long[] BatchShape(InputShape shape, int rows) => [rows, shape.Channels, shape.Height, shape.Width];

    // An image keeps all its layers in memory.
    public override int RowsAtOnce => 16;

    public override bool HasPixels => true;

    // Two more fits would cost hours, and networks for images have not been seen to learn wrong labels by heart within the default epochs.
    public override bool FindsLength => false;

    public override void Prepare() => LibTorch.PrepareConvolutions();

    public override void Check(TrainingOptions options) => options.ValidateForImages();

    // The network sees crops in training, whole images afterwards.
    public override void CheckNetwork(InputShape shape, TrainingOptions options)
    {
        if (options.Augmentation?.Crop is { } crop) options.Network!.CheckInput(shape with { Height = crop.Height, Width = crop.Width });
    }

    public override TrainingOptions Fill(TrainingOptions options, int rows, InputShape shape, IReadOnlyList<TaskDefinition> tasks) =>
        ImageDefaults.Fill(options, rows, shape, tasks);
}
