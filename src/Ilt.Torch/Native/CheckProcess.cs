using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Ilt.Torch.Native;

/// <summary>What became of a check in a process of its own.</summary>
internal enum CheckResult
{
    /// <summary>It ran to its end and found nothing wrong.</summary>
    Right,

    /// <summary>It found something wrong.</summary>
    Wrong,

    /// <summary>It began and the process died.</summary>
    Died,

    /// <summary>It began and did not end in time.</summary>
    TimedOut,

    /// <summary>It never began: no process could be started, or our code did not run in it.</summary>
    NotRun,
}

/// <summary>
/// Runs a piece of this library in a process of its own, because native code that writes where it must not takes its process with it. That
/// process is this program once more with <c>DOTNET_STARTUP_HOOKS</c>, by which .NET runs a named assembly before a program's <c>Main</c>: so it has the
/// program's own assemblies and native libraries, wherever they lie, and ends before any of the program's code runs. It works for a program
/// started by <c>dotnet</c>, by its own executable, by a test host, self-contained or as a single file, and needs no second executable beside ours.
/// </summary>
internal static class CheckProcess
{
    /// <summary>Set in the other process; its value says what to do.</summary>
    public const string Variable = "ILT_CHECK";

    /// <summary>What the other process prints when the check begins, ends well, or finds something wrong, which follows on the line.</summary>
    public const string Begun = "ilt-check begun", Right = "ilt-check right", Wrong = "ilt-check wrong: ";

    /// <param name="hook">The assembly that has the class <c>StartupHook</c>.</param>
    /// <param name="what">The value of <see cref="Variable"/>.</param>
    /// <param name="environment">Further environment variables; null removes one.</param>
    /// <param name="patience">After this time the process is ended.</param>
    /// <returns>The result and, where something was wrong, what.</returns>
    public static (CheckResult Result, string Words) Run(Assembly hook, string what, IReadOnlyDictionary<string, string?> environment, TimeSpan patience)
    {
        if (Command() is not var (file, arguments)) return (CheckResult.NotRun, "this program cannot be started a second time");
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        start.Environment[Variable] = what;
        // Before any hook of the user's, which then does not run.
        start.Environment["DOTNET_STARTUP_HOOKS"] = hook.Location.Length > 0 ? hook.Location : hook.GetName().Name;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0"; // a crash is one of the answers
        start.Environment["CORECLR_ENABLE_PROFILING"] = "0";
        try
        {
            using var process = new Process { StartInfo = start };
            var lines = new List<string>();
            process.OutputDataReceived += (_, line) =>
            {
                lock (lines) lines.Add(line.Data ?? "");
            };
            process.ErrorDataReceived += (_, _) => { };
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var ended = process.WaitForExit(patience);
            if (ended) process.WaitForExit(); // for the last lines
            else process.Kill(entireProcessTree: true);
            lock (lines) return Judge(lines, ended);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            return (CheckResult.NotRun, e.Message);
        }
    }

    private static (CheckResult Result, string Words) Judge(List<string> lines, bool ended)
    {
        if (lines.Find(line => line.StartsWith(Wrong, StringComparison.Ordinal)) is { } wrong) return (CheckResult.Wrong, wrong[Wrong.Length..]);
        if (!lines.Contains(Begun)) return (CheckResult.NotRun, ended ? "the check did not begin" : "the check did not begin in time");
        if (!ended) return (CheckResult.TimedOut, "the check did not end in time");
        return lines.Contains(Right) ? (CheckResult.Right, "") : (CheckResult.Died, "the process died");
    }

    /// <summary>How to start this program again without its arguments, or null where .NET would run its Main, or where it is not known.</summary>
    private static (string File, string[] Arguments)? Command()
    {
        // Where hooks are switched off, as in trimmed programs, the other process would be a second run of the user's program.
        if (AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out var supported) && !supported) return null;
        if (Assembly.GetEntryAssembly() is not { } entry) return null; // hosted by something that is no .NET program
        if (Dotnet() is { } dotnet && entry.Location.Length > 0)
        {
            // A test host runs under the files of the tests: those that this process was given, not those beside its own assembly.
            var dependencies = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "").Split(';').FirstOrDefault(File.Exists);
            var configuration = dependencies?[..^".deps.json".Length] + ".runtimeconfig.json";
            if (dependencies is not null && File.Exists(configuration))
                return (dotnet, ["exec", "--depsfile", dependencies, "--runtimeconfig", configuration, entry.Location]);
        }
        var own = Environment.ProcessPath;
        var beside = own is not null && Path.GetFullPath(Path.GetDirectoryName(own)! + Path.DirectorySeparatorChar) == Path.GetFullPath(AppContext.BaseDirectory);
        var singleFile = entry.Location.Length == 0;
        return beside && (singleFile || Path.GetFileNameWithoutExtension(own) == entry.GetName().Name) ? (own!, []) : null;
    }

    // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll; a self-contained program has no such root.
    private static string? Dotnet()
    {
        var library = typeof(object).Assembly.Location;
        if (library.Length == 0) return null;
        var root = new DirectoryInfo(Path.GetDirectoryName(library)!).Parent?.Parent?.Parent?.FullName;
        if (root is null) return null;
        var path = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(path) ? path : null;
    }
}
