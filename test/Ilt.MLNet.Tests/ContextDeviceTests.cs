using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet.Tests;

/// <summary>A GPU that the context asks for: the rules of ML.NET's own trainers on torch.</summary>
public sealed class ContextDeviceTests
{
    private static readonly IReadOnlyList<Sample> Rows = Sample.Rows(40);

    [Test]
    public void Choose_NoGpuWanted_SaysNothingAndDoesNotLookForOne()
        => Assert.That(ContextDevice.Choose(TrainingDevice.Cpu, null, false, () => throw new InvalidOperationException("asked")), Is.EqualTo((TrainingDevice.Cpu, (string?)null)));

    [Test]
    public void Choose_DeviceInTheTrainingOptions_GoesBeforeTheContexts()
        => Assert.That(ContextDevice.Choose(TrainingDevice.Auto, 3, false, () => throw new InvalidOperationException("asked")), Is.EqualTo((TrainingDevice.Auto, (string?)null)));

    [TestCase(0, 0), TestCase(2, 2)]
    public void Choose_GpuThatIsThere_IsIt(int id, int last)
        => Assert.That(ContextDevice.Choose(TrainingDevice.Cpu, id, false, () => last + 1), Is.EqualTo((TrainingDevice.Cuda(id), (string?)null)));

    [TestCase(0, "torch finds no CUDA device here")]
    [TestCase(2, "torch finds 2 CUDA device(s) here, counted from 0")]
    public void Choose_GpuWantedWithoutFallback_IsAnErrorThatSaysWhy(int found, string why)
        => Assert.That(
            () => ContextDevice.Choose(TrainingDevice.Cpu, 2, false, () => found),
            Throws.InvalidOperationException.With.Message.Contains($"MLContext.GpuDeviceId is 2, but {why}. Set MLContext.FallbackToCpu to true"));

    [TestCase(0, "torch finds no CUDA device here")]
    [TestCase(2, "torch finds 2 CUDA device(s) here, counted from 0")]
    public void Choose_GpuWantedWithFallback_IsARemark(int found, string why)
        => Assert.That(
            ContextDevice.Choose(TrainingDevice.Cpu, 2, true, () => found),
            Is.EqualTo((TrainingDevice.Cpu, $"MLContext.GpuDeviceId is 2, but {why}: training on the CPU.")));

    [Test]
    public void Fit_GpuWanted_FollowsTheContext()
    {
        Assume.That(TrainingDevice.CountCuda(), Is.Zero);
        var ml = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = false };
        var warnings = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning) warnings.Add(e.RawMessage);
        };
        var trainer = ml.MultiTask.Train([TaskColumn.Regression("number", "Number")], "A", epochs: 1);
        var data = ml.Data.LoadFromEnumerable(Rows);
        Assert.That(() => trainer.Fit(data), Throws.InvalidOperationException.With.Message.Contains("GpuDeviceId is 0"));
        ml.FallbackToCpu = true;
        using (var model = trainer.Fit(data)) Assert.That(warnings, Has.Some.EndsWith("training on the CPU."));
        warnings.Clear();
        ml.GpuDeviceId = null;
        using (var model = trainer.Fit(data)) Assert.That(warnings, Has.None.Contains("GpuDeviceId"));
    }
}
