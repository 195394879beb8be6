using Ilt.Cli.Tasks;
using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Makes masks wrong, and writes them with the numbers that their files have, so that they are read with the same options.</summary>
internal sealed class MaskFileCorruption(FileLabel label, string labelFolder, string outFolder, IReadOnlyList<string> ids, MaskCorruption recipe, ClassMap classes)
    : LabelImageCorruption(label, labelFolder, outFolder, ids)
{
    private int classCount = MaskEncoding.Ignored;

    protected override (int[] Order, bool IsExchange) Plan(bool[] hasLabel)
    {
        if (classes.ClassCount is { } known)
            classCount = known;
        else if (recipe.AmongAllClasses)
            classCount = Math.Max(2, 1 + Enumerable.Range(0, hasLabel.Length).Where(row => hasLabel[row]).Max(row =>
                Reading(row, () => LabelFiles.ReadMask(PathOf(row), classes.Encoding).Pixels.Max(id => id == MaskEncoding.Ignored ? -1 : id))));
        return (recipe.ChooseRows(hasLabel), recipe.Kind == MaskCorruptionKind.Swap);
    }

    protected override Action<string>? Change(int row, string path, string? giver)
    {
        var mask = LabelFiles.ReadMask(path, classes.Encoding);
        var numbers = LabelNumbers.Read(path);
        if (giver is not null)
        {
            var other = PixelResize.NearestMask(LabelFiles.ReadMask(giver, classes.Encoding), mask.Size);
            return recipe.CorruptMask(row, mask.Pixels, mask.Height, mask.Width, classCount, other.Pixels) is null
                ? null
                : LabelNumbers.Read(giver).Resized(mask.Size).WithKindOf(numbers).Write;
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

    /// <summary>The number in the file for each class, 255 among them: one that this image has, else the lowest that means the class.</summary>
    private double[] NumbersOfClasses(byte[] mask, double[] numbers)
    {
        var numberOf = Enumerable.Range(0, 256).Select(id => (double)id).ToArray();
        if (classes.Encoding.IgnoreValue >= 0)
            numberOf[MaskEncoding.Ignored] = classes.Encoding.IgnoreValue;
        if (classes.Encoding.ClassMap is { } map)
        {
            for (var raw = map.Count - 1; raw >= 0; raw--)
                numberOf[map[raw]] = raw;
        }

        for (var pixel = mask.Length - 1; pixel >= 0; pixel--)
            numberOf[mask[pixel]] = numbers[pixel];
        return numberOf;
    }
}
