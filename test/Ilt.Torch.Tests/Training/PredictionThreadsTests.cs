using Ilt.Torch.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Training;

[NonParallelizable]
public sealed class PredictionThreadsTests
{
    [Test]
    public void Predict_AfterTraining_HasTheThreadsOfTheTraining()
    {
        var seen = new List<int>();
        using var result = new Disposing(Train(seen, threads: 1));
        var before = get_num_threads();
        set_num_threads(3);
        try
        {
            var train = Runs.Of("custom").Train;
            seen.Clear();
            result.Value.Model.Predict(new float[2 * train.Input.Size]);
            result.Value.Model.Evaluate(train);
            Assert.That(seen, Has.Count.GreaterThan(1).And.All.EqualTo(1));
            Assert.That(get_num_threads(), Is.EqualTo(3), "what was set before");
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static TrainingResult Train(List<int> seen, int threads)
    {
        var (tasks, train, _, options) = Runs.Of("custom");
        var network = CustomNetworkDefinition.FromBackbone("watched", (input, _) => new Watched(input.Channels, seen));
        return MultiTaskTraining.Train(tasks, train, null, options with { Network = network, Threads = threads });
    }

    private sealed class Watched : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> linear;
        private readonly List<int> seen;

        public Watched(int inputs, List<int> seen)
            : base("watched")
        {
            (linear, this.seen) = (nn.Linear(inputs, 3), seen);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            seen.Add(get_num_threads());
            return linear.call(input);
        }
    }
}
