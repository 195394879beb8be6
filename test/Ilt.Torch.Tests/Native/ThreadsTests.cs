using Ilt.Torch.Tests.Checkpoints;
using Ilt.Weighting;
using TorchSharp;

namespace Ilt.Torch.Tests.Native;

[NonParallelizable]
public sealed class ThreadsTests
{
    private int before;

    [SetUp]
    public void Remember() => before = torch.get_num_threads();

    [TearDown]
    public void BringBack() => torch.set_num_threads(before);

    [Test]
    public void UseThreads_HoldsBesideTrainingsOfOtherNumbers()
    {
        LibTorch.UseThreads(3);
        Assert.That(torch.get_num_threads(), Is.EqualTo(3));
        Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = 2 });
        Assert.That(torch.get_num_threads(), Is.EqualTo(3), "after a training with 2");
    }

    [Test]
    public void UseThreads_DuringATraining_HoldsAfterIt()
    {
        var during = 0;
        Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => options with
        {
            Threads = 2,
            OnEpoch = _ =>
            {
                LibTorch.UseThreads(3);
                during = torch.get_num_threads();
            },
        });
        Assert.That(during, Is.EqualTo(2));
        Assert.That(torch.get_num_threads(), Is.EqualTo(3));
    }

    [Test]
    public void UseThreads_OutOfRange_IsRefused([Values(0, 100_000)] int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => LibTorch.UseThreads(threads));
}
