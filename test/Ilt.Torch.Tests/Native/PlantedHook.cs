using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Ilt.Torch.Native;

/// <summary>Checks that end as the real one does on a bad processor; run by .NET in another process, before its Main.</summary>
[SuppressMessage("Design", "CA1050", Justification = ".NET looks for the class in no namespace")]
internal static class StartupHook
{
    public const string Plan = "ILT_PLANTED"; // per setting what happens, such as "Default=crash,Avx=right"

    public static void Initialize()
    {
        var setting = Environment.GetEnvironmentVariable(CheckProcess.Variable);
        var plan = Environment.GetEnvironmentVariable(Plan)!.Split(',').Single(part => part.StartsWith(setting + "=", StringComparison.Ordinal)).Split('=')[1];
        if (plan == "silent") Environment.Exit(0);
        Console.WriteLine(CheckProcess.Begun);
        Console.Out.Flush();
        if (plan == "crash") Marshal.WriteByte(8, 1);
        if (plan == "hang") Thread.Sleep(Timeout.Infinite);
        Console.WriteLine(plan == "right" ? CheckProcess.Right : CheckProcess.Wrong + $"planted, limit {Environment.GetEnvironmentVariable(OneDnn.IsaVariable) ?? "none"}");
        Environment.Exit(0);
    }
}
