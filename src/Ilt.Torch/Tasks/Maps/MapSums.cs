namespace Ilt.Torch;

/// <summary>What several networks say of a map: absolute errors on its scale, and the mean prediction.</summary>
internal sealed class MapSums : PixelSums
{
    private readonly float[] given;
    private readonly float[] sum;
    private readonly TargetScaling scaling;

    public MapSums(MapLabels maps, int row, TargetScaling scaling) : base(row, maps.Size.PixelCount)
    {
        given = new float[Heat.Length];
        sum = new float[Heat.Length];
        this.scaling = scaling;
        maps.Read(row, given);
    }

    public override void Add(ReadOnlySpan<float> prediction)
    {
        for (var pixel = 0; pixel < given.Length; pixel++)
        {
            sum[pixel] += prediction[pixel];
            Heat[pixel] += float.IsNaN(given[pixel]) ? float.NaN : Math.Abs(scaling.Standardise(prediction[pixel], 0) - scaling.Standardise(given[pixel], 0));
        }
    }

    public override PixelExamination Result(int networks) => new(Row, MeanHeat(networks), null, Array.ConvertAll(sum, value => value / networks));
}
