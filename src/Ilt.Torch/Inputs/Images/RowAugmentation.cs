using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>One change, made alike to a row's image and to all of its labels.</summary>
internal interface IRowChange
{
    /// <summary>Height x width x channels bytes to as many as the output size needs.</summary>
    void Image(byte[] source, int channels, Span<byte> destination);

    /// <summary>Class ids; those that were never given stay ignored.</summary>
    void Mask(byte[] source, Span<byte> destination);

    /// <summary>Numbers; NaN where there is none.</summary>
    void Map(float[] source, Span<float> destination);

    /// <summary>The label of a regression in the user's units, of as many numbers.</summary>
    ReadOnlySpan<float> Numbers(string task, ReadOnlySpan<float> label);
}

/// <summary>Draws the changes of a run's rows. Thread-safe.</summary>
internal abstract class RowAugmentation(ImageSize outputSize)
{
    /// <summary>Size of the images that come out.</summary>
    public ImageSize OutputSize => outputSize;

    /// <summary>Draws a change; another seed for every run, epoch and row.</summary>
    public abstract IRowChange Draw(int seed);

    /// <summary>What the options ask for; null where rows are taken as they are.</summary>
    public static RowAugmentation? Of(BatchOptions options, ImageSize size) => options switch
    {
        { PersonAugmentation: { } person } => new PersonRowAugmentation(person, size),
        { Augmentation: { IsIdentity: false } pictures } => new PictureRowAugmentation(pictures, size),
        _ => null,
    };
}

/// <summary>Pictures of anything: numbers are about what is in the picture wherever it lies, and stay.</summary>
internal sealed class PictureRowAugmentation(AugmentationOptions options, ImageSize size) : RowAugmentation(options.OutputSize(size))
{
    private readonly ImageSize input = size;

    public override IRowChange Draw(int seed) => new Change(AugmentationDraw.Draw(options, input, seed));

    private sealed class Change(AugmentationDraw draw) : IRowChange
    {
        public void Image(byte[] source, int channels, Span<byte> destination) => draw.Image(source, channels, destination);

        public void Mask(byte[] source, Span<byte> destination) => draw.Mask(source, destination, PixelClassificationTask.Ignored);

        public void Map(float[] source, Span<float> destination) => draw.Map(source, destination);

        public ReadOnlySpan<float> Numbers(string task, ReadOnlySpan<float> label) => label;
    }
}
