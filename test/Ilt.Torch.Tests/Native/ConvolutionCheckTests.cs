using Ilt.Torch.Native;

namespace Ilt.Torch.Tests.Native;

public class ConvolutionCheckTests
{
    [Test]
    public void Run_TheRealCheckUnderAvx_BeginsInAnotherProcessAndIsRight()
    {
        var (result, words) = CheckProcess.Run(typeof(ConvolutionCheck).Assembly, nameof(ConvolutionSetting.Avx), OneDnn.EnvironmentOf(ConvolutionSetting.Avx), TimeSpan.FromMinutes(2));
        Assert.That((result, words), Is.EqualTo((CheckResult.Right, "")));
    }

    [Test]
    public void Run_TheRealCheckWithoutOneDnn_IsRight() =>
        Assert.That(
            CheckProcess.Run(typeof(ConvolutionCheck).Assembly, nameof(ConvolutionSetting.WithoutOneDnn), OneDnn.EnvironmentOf(ConvolutionSetting.WithoutOneDnn), TimeSpan.FromMinutes(2)).Result,
            Is.EqualTo(CheckResult.Right));

    [TestCase("Default=right", nameof(ConvolutionSetting.Default), "", true)]
    [TestCase("Default=wrong,Avx=right", nameof(ConvolutionSetting.Avx), "are wrong on this processor (planted, limit none)", true)]
    [TestCase("Default=crash,Avx=right", nameof(ConvolutionSetting.Avx), "are wrong on this processor (the process died)", true)]
    [TestCase("Default=hang,Avx=right", nameof(ConvolutionSetting.Avx), "are wrong on this processor (the check did not end in time)", true)]
    [TestCase("Default=crash,Avx=wrong", nameof(ConvolutionSetting.WithoutOneDnn), "are wrong on this processor (the process died), below AVX2 too (planted, limit AVX)", true)]
    [TestCase("Default=silent", nameof(ConvolutionSetting.Avx), "could not be checked on this processor (the check did not begin)", false)]
    public void Run_PlantedCheck_TakesTheFastestRightSetting(string plan, string setting, string reason, bool keep)
    {
        var patience = TimeSpan.FromSeconds(plan.Contains("hang", StringComparison.Ordinal) ? 3 : 60);
        var check = new ConvolutionCheck(tried => CheckProcess.Run(
            typeof(ConvolutionCheckTests).Assembly, tried.ToString(), new Dictionary<string, string?>(OneDnn.EnvironmentOf(tried)) { ["ILT_PLANTED"] = plan }, patience));
        Assert.That(check.Run(), Is.EqualTo((new ConvolutionVerdict(Enum.Parse<ConvolutionSetting>(setting), reason), keep)));
    }

}
