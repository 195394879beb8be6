using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Ilt.Benchmarks;

/// <summary>A training of <c>pytorch/loops.py</c> in a process of its own, which trains an epoch whenever it is asked to.</summary>
internal sealed class PyTorch : IDisposable
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["python", "py"] : ["python3", "/usr/bin/python3"];

    private readonly Process process;

    private PyTorch(string python, JsonObject options)
    {
        options["turns"] = true;
        process = Start(python, Path.Combine(AppContext.BaseDirectory, "pytorch", "loops.py"), options.ToJsonString());
        var first = Read();
        Parameters = first["parameters"]!.GetValue<long>();
    }

    /// <summary>Parameters of its network.</summary>
    public long Parameters { get; }

    /// <summary>The Python that has PyTorch, and its version.</summary>
    /// <param name="missing">Where there is none, why in a sentence.</param>
    public static (string Python, string Version)? Find(out string missing)
    {
        var said = new List<string>();
        foreach (var name in Names)
        {
            try
            {
                using var process = Start(name, "-c", "import torch; print(torch.__version__)");
                var (version, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEnd());
                process.WaitForExit();
                missing = "";
                if (process.ExitCode == 0) return (name, version.Result.Trim());
                said.Add($"{name}: {error.Trim().Split('\n')[^1]}");
            }
            catch (Win32Exception)
            {
                said.Add($"{name}: there is no such program");
            }
        }

        missing = $"PyTorch is not there, so nothing is compared with it ({string.Join("; ", said)}); install it, as in: apt-get install python3-torch libopenblas0";
        return null;
    }

    /// <summary>Begins a training, which waits for its turns.</summary>
    /// <param name="python">What <see cref="Find"/> found.</param>
    /// <param name="options">As the script takes them.</param>
    public static PyTorch Begin(string python, JsonObject options) => new(python, options);

    /// <summary>Trains an epoch.</summary>
    /// <returns>Its seconds, by the script's own clock.</returns>
    public double Epoch()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        return Read()["seconds"]!.GetValue<double>();
    }

    public void Dispose()
    {
        process.StandardInput.Close(); // ends it before its next epoch
        process.WaitForExit();
        process.Dispose();
    }

    private JsonNode Read() => process.StandardOutput.ReadLine() is { } line
        ? JsonNode.Parse(line)!
        : throw new InvalidOperationException($"pytorch/loops.py has ended: {process.StandardError.ReadToEnd().Trim()}");

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;
}
