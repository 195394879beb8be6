namespace Ilt.Torch;

/// <summary>Hyperparameters for images, chosen from their number, their size and the tasks.</summary>
internal static class ImageDefaults
{
    public static TrainingOptions Fill(TrainingOptions options, int rows, InputShape input, IReadOnlyList<TaskDefinition> tasks)
    {
        var instances = options.InstanceLevel;
        var batchSize = options.BatchSize ?? (rows < 4000 ? 16 : 64);
        var epochs = options.Epochs ?? (int)Math.Clamp(Math.Round(2000.0 * batchSize / rows), 15, 60);
        var network = options.Network ?? NetworkFor(input, tasks);
        return options with
        {
            InstanceLevel = instances with
            {
                MedianPull = instances.MedianPull ?? 0,
                WarmupEpochs = instances.WarmupEpochs ?? WarmupFor(epochs, tasks),
            },
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
}
