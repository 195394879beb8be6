using Ilt.Torch;

namespace Ilt.Benchmarks;

/// <summary>Lets trainings run an epoch each in turn, so that a slow moment of the machine hits all alike.</summary>
internal static class Turns
{
    /// <summary>Runs the trainings on a thread each; every one calls the action it is given at the end of each of its epochs but the last.</summary>
    public static T[] Take<T>(IReadOnlyList<Func<Action, T>> trainings)
    {
        var turns = trainings.Select((_, i) => new SemaphoreSlim(i == 0 ? 1 : 0)).ToArray();
        var running = new bool[trainings.Count];
        Array.Fill(running, true);
        var tasks = trainings.Select((training, me) => Task.Factory.StartNew(() =>
        {
            turns[me].Wait();
            try
            {
                return training(() =>
                {
                    PassOn(me);
                    turns[me].Wait();
                });
            }
            finally
            {
                running[me] = false;
                PassOn(me);
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        Task.WaitAll(tasks);
        return [.. tasks.Select(task => task.Result)];

        // Only the one whose turn it is comes here, so nobody else changes who runs.
        void PassOn(int me)
        {
            for (var step = 1; step <= turns.Length; step++)
            {
                var next = (me + step) % turns.Length;
                if (!running[next]) continue;
                turns[next].Release();
                return;
            }
        }
    }

    /// <summary>The seconds of every epoch of a training of ours that takes turns.</summary>
    public static IReadOnlyList<EpochReport> Train(IReadOnlyList<TaskDefinition> tasks, TrainingData data, TrainingOptions options, Action passOn)
    {
        var result = MultiTaskTraining.Train(tasks, data, null, options with { OnEpoch = report => { if (report.Epoch < report.Epochs) passOn(); } });
        result.Model.Dispose();
        return result.History;
    }
}
