using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>Hyperparameters chosen from the size of the data, so that none needs naming.</summary>
public static class TrainingDefaults
{
    /// <summary>Fills what the options leave open.</summary>
    /// <param name="options">The user's options; not changed.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="input">Shape of a row's input.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>A copy in which epochs, batch size, learning rate, weight decay, warm-up and network are set; units and dropout are those of the network, null where it is no perceptron.</returns>
    public static TrainingOptions Fill(TrainingOptions options, int rows, InputShape input, IReadOnlyList<TaskDefinition> tasks)
    {
        var instances = options.InstanceLevel;
        options = options with
        {
            InstanceLevel = instances with
            {
                MedianPull = instances.MedianPull ?? (input.IsImage ? 0 : InstanceTaskParameterOptions.DefaultMedianPull),
                Minimum = instances.Minimum ?? (tasks.Any(task => task.IsPerPixel) ? -6 : InstanceTaskParameterOptions.DefaultMinimum),
            },
        };
        options = input.IsImage ? FillForImages(options, rows, input, tasks) : FillForTables(options, rows, input.Channels);
        var perceptron = options.Network as MlpDefinition;
        return options with
        {
            InstanceLevel = options.InstanceLevel with { WarmupEpochs = options.InstanceLevel.ResolveWarmup(options.Epochs!.Value) },
            HiddenUnits = perceptron?.HiddenUnits,
            Dropout = perceptron?.Dropout,
            Precision = options.Network is CustomNetworkDefinition ? TrainingPrecision.Float32 : options.Precision, // its layers are not ours
        };
    }

    private static TrainingOptions FillForTables(TrainingOptions options, int rows, int featureCount)
    {
        var batchSize = options.BatchSize ?? BatchSizeFor(rows);
        return options with
        {
            BatchSize = batchSize,
            Epochs = options.Epochs ?? MostEpochsFor(rows, batchSize),
            LearningRate = options.LearningRate ?? 2e-3,
            WeightDecay = options.WeightDecay ?? 0.5,
            Network = options.Network ?? new MlpDefinition(options.HiddenUnits ?? [128, 128], options.Dropout ?? DropoutFor(rows, featureCount)),
        };
    }

    private static TrainingOptions FillForImages(TrainingOptions options, int rows, InputShape input, IReadOnlyList<TaskDefinition> tasks)
    {
        var batchSize = options.BatchSize ?? (rows < 4000 ? 16 : 64);
        var epochs = options.Epochs ?? (int)Math.Clamp(Math.Round(2000.0 * batchSize / rows), 15, 60);
        var network = options.Network ?? NetworkFor(input, tasks);
        return options with
        {
            InstanceLevel = options.InstanceLevel with { WarmupEpochs = options.InstanceLevel.WarmupEpochs ?? WarmupFor(epochs, tasks) },
            BatchSize = batchSize,
            Epochs = epochs,
            LearningRate = options.LearningRate ?? LearningRateFor(network, tasks),
            WeightDecay = options.WeightDecay ?? (network is ResidualCnnDefinition || HasBody(tasks) ? 0.5 : 0.05),
            Network = network,
        };
    }

    // The residual network takes images of any size, the UNet only those it can halve.
    private static NetworkDefinition NetworkFor(InputShape input, IReadOnlyList<TaskDefinition> tasks)
    {
        var unet = HasBody(tasks) ? UNetDefinition.BodySmall : UNetDefinition.Small;
        return tasks.Any(task => task.IsPerPixel) && input.Height % unet.SideMultiple == 0 && input.Width % unet.SideMultiple == 0 ? unet : new ResidualCnnDefinition();
    }

    // An image with one label teaches less per visit than one with a label per pixel: it takes longer until its loss tells right from wrong,
    // and log-variances that move before that give up what is merely hard.
    private static int WarmupFor(int epochs, IReadOnlyList<TaskDefinition> tasks) =>
        Math.Max(1, (int)Math.Ceiling(tasks.Any(task => task.IsPerPixel) ? 0.1 * epochs : 0.15 * epochs));

    // A pixel's logits are sums over as many features as the network is wide at the top, and Adam moves each weight by the rate: the
    // narrower the network, the larger the steps it needs to get anywhere.
    // The branches of a body learn fastest at a lower one, and without strong decay they learn the people by heart.
    private static double LearningRateFor(NetworkDefinition network, IReadOnlyList<TaskDefinition> tasks) => network switch
    {
        UNetDefinition when HasBody(tasks) => 3e-3,
        UNetDefinition unet => Math.Clamp(0.08 / unet.BaseWidth, 5e-4, 1e-2),
        ResidualCnnDefinition => 2e-3,
        _ => 1e-3,
    };

    private static bool HasBody(IReadOnlyList<TaskDefinition> tasks) => tasks.Any(task => task is DerivedTask { Derivation: BodySurface });

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
