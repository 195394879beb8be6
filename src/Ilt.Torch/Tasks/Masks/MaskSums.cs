namespace Ilt.Torch;

/// <summary>What several networks say of a mask: -log p of the given classes, and the class that is most probable on average.</summary>
internal sealed class MaskSums : PixelSums
{
    private readonly byte[] given;
    private readonly float[] probabilities;
    private readonly int classCount;

    public MaskSums(MaskLabels masks, int row, int classCount) : base(row, masks.Size.PixelCount)
    {
        given = new byte[Heat.Length];
        probabilities = new float[classCount * Heat.Length];
        this.classCount = classCount;
        masks.Read(row, given);
    }

    public override void Add(ReadOnlySpan<float> prediction)
    {
        for (var i = 0; i < prediction.Length; i++) probabilities[i] += prediction[i];
        for (var pixel = 0; pixel < given.Length; pixel++)
            Heat[pixel] += given[pixel] == PixelClassificationTask.Ignored
                ? float.NaN
                : -MathF.Log(MathF.Max(prediction[(given[pixel] * given.Length) + pixel], (float)Probabilities.Smallest));
    }

    public override PixelExamination Result(int networks)
    {
        var suggested = new byte[given.Length];
        PixelClasses.MostProbable(probabilities, classCount, suggested);
        return new PixelExamination(Row, MeanHeat(networks), suggested, null);
    }
}
