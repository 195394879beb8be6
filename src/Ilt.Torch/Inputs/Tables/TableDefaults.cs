using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>Hyperparameters for tables, chosen from rows and features.</summary>
internal static class TableDefaults
{
    public static TrainingOptions Fill(TrainingOptions options, int rows, int featureCount)
    {
        var instances = options.InstanceLevel;
        var batchSize = options.BatchSize ?? BatchSizeFor(rows);
        return options with
        {
            InstanceLevel = instances with { MedianPull = instances.MedianPull ?? InstanceTaskParameterOptions.DefaultMedianPull },
            BatchSize = batchSize,
            Epochs = options.Epochs ?? MostEpochsFor(rows, batchSize),
            LearningRate = options.LearningRate ?? 2e-3,
            WeightDecay = options.WeightDecay ?? 0.5,
            Network = options.Network ?? new MlpDefinition(options.HiddenUnits ?? [128, 128], options.Dropout ?? DropoutFor(rows, featureCount)),
        };
    }

    // Some tens of steps an epoch, within sizes at which a step's fixed cost is neither all nor nothing of it.
    private static int BatchSizeFor(int rows) =>
        rows switch { < 800 => 16, < 1600 => 32, < 6400 => 64, < 25600 => 128, _ => 256 };

    // About 3,000 steps within 30 to 100 epochs: the longest run that is tried. How long it really is, the loss on held-out rows decides.
    private static int MostEpochsFor(int rows, int batchSize)
    {
        var steps = Math.Max(1, rows / (double)batchSize);
        return (int)Math.Clamp(Math.Round(3000 / steps), 30, 100);
    }

    // A table at least a quarter as wide as it is long lets the network tell any row from any other and learn wrong labels by heart;
    // on long tables dropout costs accuracy.
    private static double DropoutFor(int rows, int featureCount) => featureCount * 4 >= rows ? 0.5 : 0;
}
