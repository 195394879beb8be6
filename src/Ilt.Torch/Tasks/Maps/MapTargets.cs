using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Scaled maps as targets [B, H, W], and the shares of their valid pixels.</summary>
internal sealed class MapTargets(MapLabels labels, TargetScaling scale, int rows, ImageSize size) : TargetBuffer
{
    private readonly int pixels = size.PixelCount;
    private readonly float[] numbers = new float[rows * size.PixelCount];
    private readonly float[] shares = new float[rows * size.PixelCount];
    private readonly float[] given = new float[labels.Size.PixelCount];
    private readonly float[] changed = new float[size.PixelCount];

    public override bool Write(int place, int row, IRowChange? change)
    {
        labels.Read(row, given);
        change?.Map(given, changed);
        var map = change is null ? given : changed;
        var valid = 0;
        foreach (var number in map)
            if (!float.IsNaN(number)) valid++;
        var share = valid == 0 ? 0 : 1f / valid;
        var target = numbers.AsSpan(place * pixels, pixels);
        var targetShares = shares.AsSpan(place * pixels, pixels);
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            var ignored = float.IsNaN(map[pixel]);
            target[pixel] = ignored ? 0 : scale.Standardise(map[pixel], 0);
            targetShares[pixel] = ignored ? 0 : share;
        }
        return valid > 0;
    }

    public override BatchTarget ToTensors()
    {
        long[] shape = [rows, size.Height, size.Width];
        return new BatchTarget(Tensors.From(numbers, shape), Tensors.From(shares, shape)) { Scale = scale };
    }
}
