using Ilt.Corruption;
using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>The threshold samples of <see cref="AreaUnderMargin"/>: rows that are given a class which does not exist, so that they are known to be wrong.</summary>
/// <param name="Classes">The classes of all rows, those of the samples one above the highest.</param>
/// <param name="IsSample">[rows].</param>
internal sealed record ThresholdSamples(int[] Classes, bool[] IsSample)
{
    /// <summary>Runs, each with samples of its own.</summary>
    public const int Runs = 2;

    /// <summary>Draws the samples of a run: labelled rows / (classes + 1) of them, at least one; none of them is a sample of another run.</summary>
    public static ThresholdSamples Draw(ClassLabels labels, int classCount, int run, int seed)
    {
        var (classes, isSample) = (labels.Classes.ToArray(), new bool[labels.Count]);
        int[] labelled = [.. Enumerable.Range(0, classes.Length).Where(labels.IsLabelled)];
        new SeededGenerator(seed).Shuffle<int>(labelled);
        var count = Math.Max(1, labelled.Length / (classCount + 1));
        foreach (var row in labelled.Skip(run * count).Take(count)) (classes[row], isSample[row]) = (classCount, true);
        return new(classes, isSample);
    }
}
