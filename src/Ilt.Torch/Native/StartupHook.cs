using Ilt.Torch.Native;

/// <summary>
/// What .NET runs before <c>Main</c> in a process that <see cref="CheckProcess"/> started, and nowhere else: the check, then the end of the process.
/// Name, namespace and method are fixed by .NET.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(CheckProcess.Variable) is not { Length: > 0 } what) return;
        try
        {
            Ilt.Torch.LibTorch.Load();
            if (what == nameof(ConvolutionSetting.WithoutOneDnn)) OneDnn.SwitchOff();
            Console.Out.WriteLine(CheckProcess.Begun);
            Console.Out.Flush();
            var wrong = ConvolutionSweep.FirstWrong();
            Console.Out.WriteLine(wrong is null ? CheckProcess.Right : CheckProcess.Wrong + wrong);
            Console.Out.Flush();
        }
        finally
        {
            Environment.Exit(0); // the program's own Main never runs
        }
    }
}
