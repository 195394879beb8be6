using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Ilt.Reports;

/// <summary>The page's own files, which are embedded in this assembly.</summary>
internal static partial class PageFiles
{
    private static readonly Lazy<string> LazyStyle = new(() => Read("Page/page.css"));
    private static readonly Lazy<string> LazyCharts = new(() => OnlyCharts(Read("echarts.js")));
    private static readonly Lazy<string> LazyScript = new(ReadScript);
    private static readonly Lazy<string> LazyPolicy = new(() =>
        $"default-src 'none'; script-src {Hash(Charts)} {Hash(Script)}; style-src {Hash(Style)}; img-src data:; " +
        "base-uri 'none'; form-action 'none'");

    /// <summary>The style sheet.</summary>
    public static string Style => LazyStyle.Value;

    /// <summary>ECharts.</summary>
    public static string Charts => LazyCharts.Value;

    /// <summary>The page's own script: its files in the order of their names, with a scope of their own.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>What the page may do: run these scripts, use this style, show pictures that it holds, nothing else.</summary>
    public static string Policy => LazyPolicy.Value;

    /// <summary>The frame of the page: texts and the names of what stands between them.</summary>
    public static IEnumerable<(string Text, bool IsName)> Template =>
        Place().Split(Read("Page/page.html")).Select((text, i) => (text, i % 2 == 1));

    /// <summary>Names of the files of the script.</summary>
    public static IEnumerable<string> ScriptNames =>
        typeof(PageFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Page/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>An embedded text, with the line ends that a browser hashes.</summary>
    public static string Read(string name)
    {
        var assembly = typeof(PageFiles).Assembly;
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from {assembly}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    // Behind ECharts the bundle holds a library of statistics and a bridge to Blazor that evaluates texts: neither is wanted in a page.
    private static string OnlyCharts(string bundle)
    {
        var next = bundle.IndexOf("exports.ecStat=", StringComparison.Ordinal);
        var end = next < 0 ? -1 : bundle.LastIndexOf(",function(", next, StringComparison.Ordinal);
        return end > 0
            ? bundle[..end] + ";"
            : throw new InvalidOperationException(
                "The bundle of ECharts is not as expected: where ECharts ends in it was not found. Look at the version of Vizor.ECharts.");
    }

    private static string ReadScript()
    {
        var script = new StringBuilder("(() => {\n'use strict';\n");
        foreach (var name in ScriptNames) script.Append(Read(name));
        return script.Append("})();\n").ToString();
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
