using System.Runtime.InteropServices;

namespace Ilt.Torch.Native;

/// <summary>The two ways to change how oneDNN, which libtorch computes convolutions with, works in this process.</summary>
internal static partial class OneDnn
{
    /// <summary>The variables that name the highest instruction set, the newer name first; oneDNN reads them at its first use and never again.</summary>
    public const string IsaVariable = "ONEDNN_MAX_CPU_ISA", OlderIsaVariable = "DNNL_MAX_CPU_ISA";

    private const string Avx = "AVX";

    /// <summary>What the user has set, or null.</summary>
    public static string? UsersIsa => Environment.GetEnvironmentVariable(IsaVariable) ?? Environment.GetEnvironmentVariable(OlderIsaVariable);

    /// <summary>The environment of another process that shall work under a setting.</summary>
    public static Dictionary<string, string?> EnvironmentOf(ConvolutionSetting setting) =>
        new() { [IsaVariable] = setting == ConvolutionSetting.Avx ? Avx : null, [OlderIsaVariable] = null };

    /// <summary>Has an effect only before oneDNN's first use.</summary>
    public static void LimitToAvx(bool limit)
    {
        // .NET keeps its own copy of the environment on Unix, which C code does not see; on Windows there is one.
        if (OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable(IsaVariable, limit ? Avx : null);
        else if (limit) _ = SetVariable(IsaVariable, Avx, 1);
        else _ = RemoveVariable(IsaVariable);
    }

    /// <summary>Makes libtorch use its own convolutions from now on; works at any time, once libtorch is loaded.</summary>
    /// <exception cref="DllNotFoundException">libtorch is not what it was when this was written.</exception>
    public static void SwitchOff() => TorchContext.Set("_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z", false);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveVariable(string name);
}
