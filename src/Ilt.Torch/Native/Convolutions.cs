using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Ilt.Torch.Native;

/// <summary>
/// Keeps convolutions right in this process. libtorch 2.10's oneDNN computes wrong input gradients, and writes outside its memory, on some
/// processors; so it is checked once per processor and libtorch, when the first network that convolves is made, and the verdict is kept in the
/// user's cache folder. Until there is a verdict oneDNN is limited to AVX, which was right everywhere; it reads its limit at its first use, so
/// a good verdict lifts the limit in time unless the program has convolved by itself before, and then it is merely slower in this one process.
/// </summary>
internal static class Convolutions
{
    private static readonly object Gate = new();
    private static string? path;
    private static bool torchWasThere; // whether oneDNN may have read its limit before we could set one
    private static ConvolutionVerdict? verdict;
    private static bool applied;
    private static volatile bool oneDnnOff;

    /// <summary>What the user should know, or null where everything is as libtorch would have it.</summary>
    public static string? Note { get; private set; }

    /// <summary>Whether images go through networks with the channels of a pixel side by side: faster with oneDNN, not without.</summary>
    public static bool ChannelsLast => X86Base.IsSupported && !oneDnnOff;

    /// <summary>Called before anything of this library runs: reads a small file and starts nothing.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(CheckProcess.Variable) is { Length: > 0 }) return; // in the check's own process its environment counts
        lock (Gate)
        {
            if (OneDnn.UsersIsa is { } isa)
            {
                applied = true;
                Note = $"convolutions: oneDNN's instruction set is the environment's ({isa}); it was not checked";
                return;
            }
            path = ConvolutionVerdict.DefaultPath();
            torchWasThere = IsTorchLoaded();
            verdict = path is null ? null : ConvolutionVerdict.Read(path);
            if (verdict?.Setting == ConvolutionSetting.Default) applied = true;
            else if (!torchWasThere) OneDnn.LimitToAvx(true);
        }
    }

    /// <summary>Called before a network that convolves is made, with libtorch loaded; the first time on a machine it takes some seconds.</summary>
    public static void Ensure()
    {
        lock (Gate)
        {
            if (applied || Environment.GetEnvironmentVariable(CheckProcess.Variable) is { Length: > 0 }) return;
            if (verdict is null)
            {
                (verdict, var keep) = ConvolutionCheck.Real.Run();
                if (keep && path is not null && !verdict.Write(path)) path = null;
                if (!keep) path = null;
            }
            Apply(verdict);
            applied = true;
        }
    }

    private static void Apply(ConvolutionVerdict verdict)
    {
        if (verdict.Setting == ConvolutionSetting.Default)
        {
            if (!torchWasThere) OneDnn.LimitToAvx(false);
            return;
        }
        var off = verdict.Setting == ConvolutionSetting.WithoutOneDnn || torchWasThere;
        if (off) OneDnn.SwitchOff();
        oneDnnOff = off;
        var how = off ? "libtorch computes them without oneDNN" : "oneDNN uses no instruction set above AVX";
        var kept = path is null ? "" : $" (kept in {path}; delete it to check again)";
        Note = $"convolutions: libtorch's fastest ones {verdict.Reason}, so {how}: results are right, images take longer{kept}";
    }

    private static bool IsTorchLoaded()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Any(module => string.Equals(module.ModuleName, LibTorch.TorchFile, StringComparison.OrdinalIgnoreCase));
    }
}
