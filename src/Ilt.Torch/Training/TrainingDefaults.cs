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
        options = input.Modality.Fill(options, rows, input, tasks);
        var instances = options.InstanceLevel;
        var perceptron = options.Network as MlpDefinition;
        return options with
        {
            InstanceLevel = instances with
            {
                Minimum = instances.Minimum ?? (tasks.Any(task => task.IsPerPixel) ? -6 : InstanceTaskParameterOptions.DefaultMinimum),
                WarmupEpochs = instances.ResolveWarmup(options.Epochs!.Value),
            },
            HiddenUnits = perceptron?.HiddenUnits,
            Dropout = perceptron?.Dropout,
            Precision = options.Network is CustomNetworkDefinition ? TrainingPrecision.Float32 : options.Precision, // its layers are not ours
        };
    }
}
