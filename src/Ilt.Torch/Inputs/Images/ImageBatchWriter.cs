using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Fills a buffer with rows: read, augment image and labels alike, scale. Called by several threads at once.</summary>
internal sealed class ImageBatchWriter
{
    private readonly ImageData data;
    private readonly BatchOptions options;
    private readonly RowAugmentation? augmentation; // null: rows are taken as they are
    private readonly float[] scaledBytes;
    private readonly ThreadLocal<Scratch> scratch;

    public ImageBatchWriter(ImageData data, BatchOptions options)
    {
        this.data = data;
        this.options = options;
        augmentation = RowAugmentation.Of(options, data.Size);
        OutputSize = augmentation?.OutputSize ?? data.Size;
        scaledBytes = options.InputScaling!.Table();
        scratch = new ThreadLocal<Scratch>(() => new Scratch(data.Input, OutputSize));
    }

    /// <summary>Size of the images in a batch: that of the crop, or of the data.</summary>
    public ImageSize OutputSize { get; }

    private int Pixels => OutputSize.Height * OutputSize.Width;

    public void Write(int[] rows, int epoch, BatchBuffer buffer)
    {
        var inputSize = data.Input.Channels * Pixels;
        buffer.Resize(rows.Length, inputSize, CreateTargets);
        for (var i = 0; i < rows.Length; i++)
        {
            var change = augmentation?.Draw(RunSeeds.Derive(RunSeeds.Derive(options.Seed, "augment", epoch), "row", rows[i]));
            WriteImage(rows[i], change, buffer.Inputs.AsSpan(i * inputSize, inputSize));
            for (var k = 0; k < options.Tasks.Count; k++)
                buffer.Labelled[(i * options.Tasks.Count) + k] = buffer.Targets[k].Write(i, rows[i], change);
        }
    }

    private void WriteImage(int row, IRowChange? change, Span<float> destination)
    {
        var bytes = scratch.Value!.Image;
        data.Images.Read(row, bytes);
        if (change is not null)
        {
            change.Image(bytes, data.Input.Channels, scratch.Value.AugmentedImage);
            bytes = scratch.Value.AugmentedImage;
        }
        var channels = data.Input.Channels;
        for (var c = 0; c < channels; c++)
        {
            var table = scaledBytes.AsSpan(c * 256, 256);
            var plane = destination.Slice(c * Pixels, Pixels);
            for (int pixel = 0, at = c; pixel < plane.Length; pixel++, at += channels) plane[pixel] = table[bytes[at]];
        }
    }

    private TargetBuffer[] CreateTargets(int rows) =>
        [.. options.Tasks.Select((task, k) => task.CreateTargets(data.Labels[k], options.TargetScalings[k], rows, OutputSize))];

    private sealed class Scratch(InputShape input, ImageSize output)
    {
        public byte[] Image { get; } = new byte[input.Size];
        public byte[] AugmentedImage { get; } = new byte[input.Channels * output.Height * output.Width];
    }
}
