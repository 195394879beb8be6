using Ilt.Cli.Tasks;
using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>Makes masks wrong, and writes them with the numbers that their files have, so that they are read with the same options.</summary>
internal sealed class MaskFileCorruption(FileLabel label, string labelFolder, string outFolder, IReadOnlyList<string> ids, MaskCorruption recipe, ClassMap classes)
    : LabelImageCorruption(label, labelFolder, outFolder, ids)
{
    private MaskClasses found = MaskClasses.Of(classes);
    private int classCount = MaskEncoding.Ignored;

    protected override (int[] Order, bool IsExchange) Plan(bool[] hasLabel)
    {
        Find([.. Enumerable.Range(0, hasLabel.Length).Where(row => hasLabel[row]).Select(PathOf)]);
        if (found.ClassCount is { } known)
            classCount = known;
        else if (recipe.AmongAllClasses)
            classCount = Math.Max(2, 1 + Enumerable.Range(0, hasLabel.Length).Where(row => hasLabel[row]).Max(row =>
                Reading(row, () => Mask(PathOf(row)).Pixels.Max(id => id == MaskEncoding.Ignored ? -1 : id))));
        return (recipe.ChooseRows(hasLabel), recipe.Kind == MaskCorruptionKind.Swap);
    }

    protected override Action<string>? Change(int row, string path, string? giver)
    {
        var mask = Mask(path);
        var numbers = Numbers(path);
        if (giver is not null)
        {
            var other = PixelResize.NearestMask(Mask(giver), mask.Size);
            return recipe.CorruptMask(row, mask.Pixels, mask.Height, mask.Width, classCount, other.Pixels) is null
                ? null
                : Numbers(giver).Resized(mask.Size).WithKindOf(numbers).Write;
        }

        if (recipe.CorruptMask(row, mask.Pixels, mask.Height, mask.Width, classCount) is not { } changed)
            return null;
        var numberOf = NumbersOfClasses(mask.Pixels, numbers.Values);
        for (var pixel = 0; pixel < changed.Length; pixel++)
        {
            if (changed[pixel] != mask.Pixels[pixel])
                numbers.Values[pixel] = numberOf[changed[pixel]];
        }

        return numbers.Write;
    }

    private void Find(string[] paths)
    {
        try
        {
            var result = new MaskFinding(classes, MaskSurvey.Read(paths, CancellationToken.None), $"task {Task.Name}", Task.Option).Find();
            (found, Notes) = (result.Classes, result.Notes);
        }
        catch (OneClassException)
        {
            // Masks of one class can be made wrong with --among-all; where none can, that is said.
        }
    }

    private ByteImage Mask(string path) => LabelFiles.ReadMask(path, found.Encoding, PictureReader.Read);

    private LabelNumbers Numbers(string path) => LabelNumbers.Read(path, found.Encoding.Colours is not null);

    /// <summary>The number in the file for each class, 255 among them: one that this image has, else what stands for the class in most files.</summary>
    private double[] NumbersOfClasses(byte[] mask, double[] numbers)
    {
        var numberOf = Enumerable.Range(0, 256).Select(id => (double)id).ToArray();
        if (found.Encoding.IgnoreValue >= 0)
            numberOf[MaskEncoding.Ignored] = found.Encoding.IgnoreValue;
        foreach (var (colour, id) in found.Encoding.Colours ?? new Dictionary<int, byte>())
            numberOf[id] = colour;
        if (found.Encoding.ClassMap is { } map)
        {
            for (var raw = map.Count - 1; raw >= 0; raw--)
                numberOf[map[raw]] = raw;
        }

        for (var k = 0; k < (found.Values?.Count ?? 0); k++)
            numberOf[k] = MaskClasses.NumberOf(found.Values![k])!.Value;
        for (var pixel = mask.Length - 1; pixel >= 0; pixel--)
            numberOf[mask[pixel]] = numbers[pixel];
        return numberOf;
    }
}
