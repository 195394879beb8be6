using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Examples.ImageTables;

/// <summary>How well wrong pixels are found within the images whose mask is partly wrong.</summary>
internal static class RegionMeasures
{
    private const int MostImages = 100; // some hundred thousand pixels

    /// <summary>Average precision over the pixels of corrupted images: by the heat of several late networks, and by the loss of the last one alone.</summary>
    public static IEnumerable<Measure> Of(Experiment experiment, int task, ImageData train, bool[] wrongRows, TrainingResult result)
    {
        var rows = Enumerable.Range(0, wrongRows.Length).Where(row => wrongRows[row]).Take(MostImages).ToArray();
        var (given, right) = ((MaskLabels)train.Labels[task], (MaskLabels)experiment.Train.Labels[task]);
        var (heat, last, wrong) = (new List<float>(), new List<float>(), new List<bool>());
        var (mask, truth) = (new byte[given.Pixels.BytesPerRow], new byte[given.Pixels.BytesPerRow]);
        foreach (var examined in result.Pixels!.Examine(train, task, rows))
        {
            given.Read(examined.Row, mask);
            right.Read(examined.Row, truth);
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
        var name = experiment.Tasks[task].Name;
        yield return new Measure(name, "share of wrong pixels", flags.Count(flag => flag) / (double)flags.Length);
        yield return new Measure(name, "pixel AP by heat", DetectionMetrics.AveragePrecision([.. heat], flags));
        yield return new Measure(name, "pixel AP by the last network's loss", DetectionMetrics.AveragePrecision([.. last], flags));
    }
}
