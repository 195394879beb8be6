namespace Ilt.Torch;

/// <summary>Hyperparameters chosen from the size of the data, so that none needs naming.</summary>
public static class TrainingDefaults
{
    /// <summary>Fills what the options leave open.</summary>
    /// <param name="options">The user's options; not changed.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="featureCount">Features per row.</param>
    /// <returns>A copy in which epochs, batch size, learning rate, hidden units and dropout are set.</returns>
    public static TrainingOptions Fill(TrainingOptions options, int rows, int featureCount)
    {
        var batchSize = options.BatchSize ?? BatchSizeFor(rows);
        return options with
        {
            BatchSize = batchSize,
            Epochs = options.Epochs ?? EpochsFor(rows, batchSize),
            LearningRate = options.LearningRate ?? 2e-3,
            HiddenUnits = options.HiddenUnits ?? [128, 128],
            Dropout = options.Dropout ?? DropoutFor(rows, featureCount),
        };
    }

    // Some tens of steps an epoch, within sizes at which a step's fixed cost is neither all nor nothing of it.
    private static int BatchSizeFor(int rows) =>
        rows switch { < 800 => 16, < 1600 => 32, < 6400 => 64, < 25600 => 128, _ => 256 };

    // About 3,000 steps within 30 to 100 epochs, so that small tables get the many passes they need and large ones stay quick.
    private static int EpochsFor(int rows, int batchSize)
    {
        var steps = Math.Max(1, rows / (double)batchSize);
        return (int)Math.Clamp(Math.Round(3000 / steps), 30, 100);
    }

    // A table at least a quarter as wide as it is long lets the network tell any row from any other and learn wrong labels by heart;
    // on long tables dropout costs accuracy.
    private static double DropoutFor(int rows, int featureCount) => featureCount * 4 >= rows ? 0.5 : 0;
}
