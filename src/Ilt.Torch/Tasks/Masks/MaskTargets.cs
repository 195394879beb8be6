using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Masks as targets [B, H, W], and the shares of their valid pixels.</summary>
internal sealed class MaskTargets(MaskLabels labels, int rows, ImageSize size) : TargetBuffer
{
    private readonly int pixels = size.PixelCount;
    private readonly long[] classes = new long[rows * size.PixelCount];
    private readonly float[] shares = new float[rows * size.PixelCount];
    private readonly byte[] given = new byte[labels.Size.PixelCount];
    private readonly byte[] changed = new byte[size.PixelCount];

    public override bool Write(int place, int row, IRowChange? change)
    {
        labels.Read(row, given);
        change?.Mask(given, changed);
        var mask = change is null ? given : changed;
        var valid = 0;
        foreach (var id in mask)
            if (id != PixelClassificationTask.Ignored) valid++;
        var share = valid == 0 ? 0 : 1f / valid;
        var target = classes.AsSpan(place * pixels, pixels);
        var targetShares = shares.AsSpan(place * pixels, pixels);
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            var ignored = mask[pixel] == PixelClassificationTask.Ignored;
            target[pixel] = ignored ? 0 : mask[pixel];
            targetShares[pixel] = ignored ? 0 : share;
        }
        return valid > 0;
    }

    public override BatchTarget ToTensors()
    {
        long[] shape = [rows, size.Height, size.Width];
        return new BatchTarget(Tensors.From(classes, shape), Tensors.From(shares, shape));
    }
}
