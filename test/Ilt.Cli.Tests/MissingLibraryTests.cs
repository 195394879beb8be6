using System.Diagnostics;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests;

/// <summary>The program in a folder of its own, without libtorch beside it.</summary>
public sealed class MissingLibraryTests
{
    [Test]
    public void Flag_WithoutLibTorch_SaysWhatToAddInOneLine()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Append(Path.Combine(AppContext.BaseDirectory, "ilt.runtimeconfig.json")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var data = folder.Write("t.csv", SmallTable.Csv());

        var (code, error) = Run(folder["ilt.dll"], "flag", data, "--task", SmallTable.KindTask, "--id", "id", "--out", folder["out"]);

        Assert.That(code, Is.EqualTo(ExitCodes.Failed), error);
        Assert.That(error.TrimEnd(), Does.StartWith("ilt: libtorch is not there").And.Contains("dotnet add package").And.Not.Contain("\n"));
        Assert.That(error, Does.Not.Contain("Exception"));
    }

    private static (int Code, string Error) Run(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error + (process.ExitCode == 0 ? output.Result : ""));
    }
}
