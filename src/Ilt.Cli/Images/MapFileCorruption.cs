using Ilt.Cli.Tasks;
using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Makes maps wrong, and writes them in the encoding that their files have.</summary>
internal sealed class MapFileCorruption(FileLabel label, string labelFolder, string outFolder, IReadOnlyList<string> ids, MapCorruption recipe, MapEncoding encoding)
    : LabelImageCorruption(label, labelFolder, outFolder, ids)
{
    private MapCorruption settled = recipe;

    protected override (int[] Order, bool IsExchange) Plan(bool[] hasLabel)
    {
        if (settled.Kind == MapCorruptionKind.UniformValues && double.IsNaN(settled.Low))
            settled = settled with { Low = Extreme(hasLabel, Math.Min), High = Extreme(hasLabel, Math.Max) };
        return (settled.ChooseRows(hasLabel), settled.Kind == MapCorruptionKind.Swap);
    }

    protected override Action<string>? Change(int row, string path, string? giver)
    {
        var map = LabelFiles.ReadMap(path, encoding);
        var numbers = LabelNumbers.Read(path);
        var other = giver is null ? null : PixelResize.NearestMap(LabelFiles.ReadMap(giver, encoding), map.Size);
        if (settled.CorruptMap(row, map.Values, other is null ? default : other.Values) is not { } changed)
            return null;
        var isChanged = false;
        for (var pixel = 0; pixel < changed.Length; pixel++)
        {
            if (changed[pixel].Equals(map.Values[pixel]))
                continue;
            var number = float.IsNaN(changed[pixel]) ? encoding.Invalid ?? double.NaN : numbers.Representable((changed[pixel] - encoding.Offset) / encoding.Scale, encoding.Invalid);
            isChanged |= number != numbers.Values[pixel] && !float.IsNaN(map.Values[pixel]) && !float.IsNaN(changed[pixel]);
            numbers.Values[pixel] = number;
        }

        // Noise below the steps of a PNG file leaves nothing wrong.
        return isChanged ? numbers.Write : null;
    }

    private double Extreme(bool[] hasLabel, Func<float, float, float> better) => Enumerable.Range(0, hasLabel.Length).Where(row => hasLabel[row])
        .SelectMany(row => Reading(row, () => LabelFiles.ReadMap(PathOf(row), encoding)).Values).Where(value => !float.IsNaN(value)).Aggregate(better);
}
