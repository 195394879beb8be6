using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>How well wrong pixels are found within the images whose mask is partly wrong.</summary>
internal static class RegionMeasures
{
    private const int MostImages = 100; // some hundred thousand pixels

    /// <summary>Average precision over the pixels of corrupted images: by the heat of several late networks, and by the loss of the last one alone.</summary>
    public static IEnumerable<Measured> Of(string name, int task, TrainingData right, ImageData train, bool[] wrongRows, TrainingResult result)
    {
        var rows = Enumerable.Range(0, wrongRows.Length).Where(row => wrongRows[row]).Take(MostImages).ToArray();
        var (given, clean) = ((MaskLabels)train.Labels[task], (MaskLabels)right.Labels[task]);
        var (heat, last, wrong) = (new List<float>(), new List<float>(), new List<bool>());
        var (mask, truth) = (new byte[given.Pixels.BytesPerRow], new byte[given.Pixels.BytesPerRow]);
        foreach (var examined in result.Pixels!.Examine(train, task, rows))
        {
            given.Read(examined.Row, mask);
            clean.Read(examined.Row, truth);
            var inputs = new float[train.Input.Size];
            train.ReadInputs([examined.Row], inputs);
            var probabilities = result.Model.Predict(inputs)[task];
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                if (mask[pixel] == PixelClassificationTask.Ignored) continue;
                heat.Add(examined.Heat[pixel]);
                last.Add(-MathF.Log(MathF.Max(probabilities[(mask[pixel] * mask.Length) + pixel], 1e-15f)));
                wrong.Add(mask[pixel] != truth[pixel]);
            }
        }
        bool[] flags = [.. wrong];
        yield return new Measured("", name, MeasureNames.WrongPixels, flags.Count(flag => flag) / (double)flags.Length);
        yield return new Measured("heat", name, MeasureNames.PixelAveragePrecision, DetectionMetrics.AveragePrecision([.. heat], flags));
        yield return new Measured("last-network-loss", name, MeasureNames.PixelAveragePrecision, DetectionMetrics.AveragePrecision([.. last], flags));
    }
}
