using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Pictures of one person each: left and right parts and joints change places in a flip, and the pose turns with the picture.</summary>
internal sealed class PersonRowAugmentation(PersonAugmentation options, ImageSize size) : RowAugmentation(size)
{
    private readonly PersonView whole = new(size.Width / 2.0, size.Height / 2.0, size.Height, size.Height);
    private readonly double[] toCamera = [.. options.ToCamera];

    public override IRowChange Draw(int seed) => new Change(options.Changes.Draw(whole, seed), OutputSize, options.PoseTask, toCamera);

    private sealed class Change(PersonView view, ImageSize size, string? poseTask, double[] toCamera) : IRowChange
    {
        public void Image(byte[] source, int channels, Span<byte> destination) =>
            view.Image(new ByteImage(size.Height, size.Width, channels, source)).Pixels.CopyTo(destination);

        public void Mask(byte[] source, Span<byte> destination)
        {
            // What lies beyond the picture is background, but not in a row without a mask.
            if (!source.AsSpan().ContainsAnyExcept(PixelClassificationTask.Ignored)) destination.Fill(PixelClassificationTask.Ignored);
            else view.Mask(new ByteImage(size.Height, size.Width, 1, source)).Pixels.CopyTo(destination);
        }

        public void Map(float[] source, Span<float> destination) => view.Map(new FloatMap(size.Height, size.Width, source)).Values.CopyTo(destination);

        public ReadOnlySpan<float> Numbers(string task, ReadOnlySpan<float> label) => task == poseTask ? view.Pose(label, toCamera) : label;
    }
}
