using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Forward and backward passes as a training will do them, of a network of their own, which leave nothing behind that the training could see.</summary>
internal static class TrialPasses
{
    /// <summary>Makes a second network and hands out the pass.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="options">Complete options.</param>
    /// <param name="rows">The rows of the batch, from 0.</param>
    /// <param name="use">Gets what does one pass.</param>
    public static TResult Run<TResult>(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, int[] rows, Func<Action, TResult> use)
    {
        // A user's network may draw its weights and its dropout from torch's own generator.
        using var random = torch.random.get_rng_state();
        var compute = ComputeDevice.Open(options.Device, options.Precision);
        MultiTaskModel? model = null;
        try
        {
            var scalings = tasks.Select((task, k) => task.FitScale(train.Labels[k])).ToArray();
            model = new MultiTaskModel(tasks, options.Network!, train.Input, train.FitInputScaling(), scalings, RunSeeds.Derive(options.Seed, "weights"), compute);
            return options.Network is CustomNetworkDefinition ? Restoring(model.Network, () => Run(model, compute, train, options, rows, use)) : Run(model, compute, train, options, rows, use);
        }
        finally
        {
            // A user's function may give the same module every time: it must outlive this; one that makes a new one leaves it to the garbage collector.
            if (options.Network is not CustomNetworkDefinition) model?.Dispose();
            torch.random.set_rng_state(random);
        }
    }

    private static TResult Run<TResult>(MultiTaskModel model, ComputeDevice compute, TrainingData train, TrainingOptions options, int[] rows, Func<Action, TResult> use)
    {
        var (tasks, network) = (model.Tasks, model.Network);
        using var batches = train.Subset(rows).OpenBatches(new BatchOptions
        {
            Tasks = tasks, TargetScalings = [.. tasks.Select((_, k) => model.ScalingOf(k))], InputScaling = model.InputScaling,
            Augmentation = options.Augmentation, PersonAugmentation = options.PersonAugmentation, Seed = options.Seed,
        });
        batches.Begin(0, [[.. Enumerable.Range(0, rows.Length)]]);
        using var scope = NewDisposeScope();
        var (inputs, targets, _) = compute.Move(batches.Next());
        network.train();
        try
        {
            return use(() =>
            {
                using var inner = NewDisposeScope();
                ForgetGradients(network);
                var outputs = model.Values.Outputs(network.call(inputs));
                RowLosses.Compute(tasks, outputs, model.Values.Targets(targets)).sum().backward();
            });
        }
        finally
        {
            ForgetGradients(network);
        }
    }

    // Weights stay as they are, but running statistics do not.
    private static TResult Restoring<TResult>(nn.Module network, Func<TResult> use)
    {
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true)) TensorState.Save(writer, network);
        try
        {
            return use();
        }
        finally
        {
            state.Position = 0;
            using var reader = new BinaryReader(state);
            TensorState.Restore(reader, network);
        }
    }

    private static void ForgetGradients(nn.Module network)
    {
        foreach (var parameter in network.parameters()) parameter.grad = null;
    }
}
