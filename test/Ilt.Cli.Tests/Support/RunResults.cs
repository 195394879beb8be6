using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Ilt.Cli.Tests.Support;

/// <summary>Everything that a run wrote but times: two runs that did the same are equal in it.</summary>
internal static partial class RunResults
{
    public static string Of(string folder) => string.Join("\n", Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{Path.GetRelativePath(folder, path)}: {Content(path)}"));

    private static string Content(string path) => Path.GetFileName(path) switch
    {
        "run.json" => Command().Replace(Times().Replace(File.ReadAllText(path), "\"$1\": ..."), ""),
        _ => Hash(File.ReadAllBytes(path)),
    };

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..16];

    [GeneratedRegex("\"(started|elapsedSeconds|seconds|rowsPerSecond|waitSeconds|waitShare|out)\": [^,\\r\\n]*")]
    private static partial Regex Times();

    // Names the folder of the results; what the run cost.
    [GeneratedRegex("\"(command|cost)\": \\{[^}]*\\},")]
    private static partial Regex Command();
}
