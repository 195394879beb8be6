using System.IO.Compression;
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
        "run.json" => Times().Replace(File.ReadAllText(path), "\"$1\": ..."),
        "model.zip" => Entries(path), // a zip file holds the time of each entry
        _ => Hash(File.ReadAllBytes(path)),
    };

    private static string Entries(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return string.Join(" ", zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return $"{entry.FullName}={Hash(bytes.ToArray())}";
        }));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..16];

    [GeneratedRegex("\"(started|elapsedSeconds|seconds|rowsPerSecond|waitSeconds|waitShare|out)\": [^,\\r\\n]*")]
    private static partial Regex Times();
}
