using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet.Tests;

/// <summary>A GPU that the context asks for: the rules of ML.NET's own trainers on torch.</summary>
public sealed class TrainingDeviceTests
{
    private static readonly IReadOnlyList<Sample> Rows = Sample.Rows(40);

    [Test]
    public void Check_NoGpuWanted_SaysNothingAndDoesNotLookForOne()
        => Assert.That(TrainingDevice.Check(null, false, () => throw new InvalidOperationException("asked")), Is.Null);

    [TestCase(false, "torch finds no CUDA device here")]
    [TestCase(true, "this version of Ilt.MLNet trains on the CPU only")]
    public void Check_GpuWantedWithoutFallback_IsAnErrorThatSaysWhy(bool available, string why)
        => Assert.That(
            () => TrainingDevice.Check(2, false, () => available),
            Throws.InvalidOperationException.With.Message.Contains($"MLContext.GpuDeviceId is 2, but {why}. Set MLContext.FallbackToCpu to true"));

    [TestCase(false, "torch finds no CUDA device here")]
    [TestCase(true, "this version of Ilt.MLNet trains on the CPU only")]
    public void Check_GpuWantedWithFallback_IsARemark(bool available, string why)
        => Assert.That(TrainingDevice.Check(0, true, () => available), Is.EqualTo($"MLContext.GpuDeviceId is 0, but {why}: training on the CPU."));

    [Test]
    public void Fit_GpuWanted_FollowsTheContext()
    {
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
