using System.Reflection;

namespace Ilt.Torch.Native;

/// <summary>Finds the fastest setting under which convolutions are right: tried in processes of their own, one after another.</summary>
internal sealed class ConvolutionCheck(Func<ConvolutionSetting, (CheckResult Result, string Words)> attempt)
{
    // Loading libtorch from a slow disk may take most of it; the check itself takes a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The check of this program.</summary>
    public static ConvolutionCheck Real { get; } = In(typeof(ConvolutionCheck).Assembly, Patience);

    /// <summary>A check whose other process runs the <c>StartupHook</c> of an assembly.</summary>
    public static ConvolutionCheck In(Assembly hook, TimeSpan patience) =>
        new(setting => CheckProcess.Run(hook, setting.ToString(), OneDnn.EnvironmentOf(setting), patience));

    /// <summary>
    /// Tries the settings. Where no process can be started there is no telling: then the setting is the one that was right on every
    /// processor seen so far, and the verdict is not to be kept.
    /// </summary>
    public (ConvolutionVerdict Verdict, bool Keep) Run()
    {
        var (result, words) = attempt(ConvolutionSetting.Default);
        if (result == CheckResult.Right) return (new(ConvolutionSetting.Default, ""), true);
        if (result == CheckResult.NotRun) return (new(ConvolutionSetting.Avx, $"could not be checked on this processor ({words})"), false);
        var reason = $"are wrong on this processor ({words})";
        var (second, secondWords) = attempt(ConvolutionSetting.Avx);
        return second switch
        {
            CheckResult.Right => (new(ConvolutionSetting.Avx, reason), true),
            CheckResult.NotRun => (new(ConvolutionSetting.Avx, reason), false),
            _ => (new(ConvolutionSetting.WithoutOneDnn, $"{reason}, below AVX2 too ({secondWords})"), true),
        };
    }
}
