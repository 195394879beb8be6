using System.Diagnostics;
using System.Globalization;

namespace Ilt.Mpi.Tests;

/// <summary>The built <c>ilt</c> in several processes.</summary>
internal static class Mpirun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Skips the test, aloud, where there is no OpenMPI.</summary>
    public static void Require()
    {
        var there = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "mpirun")));
        if (!there || !MpiLibrary.IsThere) Assert.Ignore("mpirun of OpenMPI (package openmpi-bin) is not there: nothing is known of several processes.");
    }

    /// <summary>Runs it.</summary>
    /// <param name="ranks">Processes; 1: without mpirun.</param>
    /// <param name="arguments">Of <c>ilt</c>.</param>
    public static (int Code, string Output, string Error) Run(int ranks, params string[] arguments)
    {
        using var process = Start(ranks, arguments);
        return End(process);
    }

    /// <summary>Starts it.</summary>
    public static Process Start(int ranks, params string[] arguments)
    {
        string[] program = [Path.Combine(AppContext.BaseDirectory, "ilt.dll"), .. arguments];
        var start = ranks == 1
            ? new ProcessStartInfo(Dotnet, program)
            : new ProcessStartInfo("mpirun", ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "-n", ranks.ToString(CultureInfo.InvariantCulture), Dotnet, .. program]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end.</summary>
    public static (int Code, string Output, string Error) End(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the ranks have not ended: " + output.Result + error.Result);
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The processes of ilt that an mpirun has started, by rank.</summary>
    public static int[] Ranks(Process mpirun) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && Parent(id) == mpirun.Id).Order(),
    ];

    // The name, in brackets, may hold anything.
    private static int Parent(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended meanwhile
        }
    }
}
