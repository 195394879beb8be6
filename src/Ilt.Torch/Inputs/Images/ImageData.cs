using System.Security.Cryptography;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Images of one size, and per task one label per image.</summary>
public sealed class ImageData : TrainingData
{
    /// <summary>Puts images and labels together; they are kept, not copied.</summary>
    /// <param name="images">Rows of height x width x channels bytes: lines from the top, pixels from the left, channels interleaved.</param>
    /// <param name="size">Size of every image.</param>
    /// <param name="channels">1 (gray) or 3 (red, green, blue).</param>
    /// <param name="labels">One per task, in the order of the tasks, each with as many entries as there are images. Masks and maps have the images' size.</param>
    /// <exception cref="ArgumentException">Sizes or counts do not fit.</exception>
    public ImageData(PixelStore images, ImageSize size, int channels, IReadOnlyList<TaskLabels> labels)
        : base(images.Count, new InputShape(channels, size.Height, size.Width), labels)
    {
        if (channels is not (1 or 3)) throw new ArgumentException($"An image has 1 or 3 channels, found {channels}.", nameof(channels));
        if (images.BytesPerRow != Input.Size)
            throw new ArgumentException($"The images have {images.BytesPerRow} bytes each; {size.Height} x {size.Width} x {channels} needs {Input.Size}.", nameof(images));
        for (var k = 0; k < labels.Count; k++)
            if (labels[k].ImageSize is { } found && found != size)
                throw new ArgumentException($"The label images of task {k} are {found.Height} x {found.Width} (height x width), the images {size.Height} x {size.Width}; resize them together.", nameof(labels));
        Images = images;
        Size = size;
    }

    /// <summary>The pixels.</summary>
    public PixelStore Images { get; }

    /// <summary>Size of every image.</summary>
    public ImageSize Size { get; }

    /// <inheritdoc/>
    public override void ReadInputs(ReadOnlySpan<int> rows, Span<float> destination)
    {
        var bytes = new byte[Input.Size];
        for (var i = 0; i < rows.Length; i++)
        {
            Images.Read(rows[i], bytes);
            var planes = destination.Slice(i * bytes.Length, bytes.Length);
            var pixels = Size.Height * Size.Width;
            for (var at = 0; at < bytes.Length; at++) planes[(at % Input.Channels * pixels) + (at / Input.Channels)] = bytes[at];
        }
    }

    /// <inheritdoc/>
    public override ImageData Subset(ReadOnlySpan<int> rows) => new(Images.Subset(rows), Size, Input.Channels, LabelsOf(rows)) { KnownRight = KnownRightOf(rows) };

    internal override ImageData WithLabels(IReadOnlyList<TaskLabels> labels) => new(Images, Size, Input.Channels, labels);

    internal override InputScaling FitInputScaling() => InputScaling.Fit(this);

    internal override void AppendInputs(IncrementalHash hash) => hash.Append(Images);

    internal override IBatches OpenBatches(BatchOptions options) => new ImageBatches(this, options);
}
