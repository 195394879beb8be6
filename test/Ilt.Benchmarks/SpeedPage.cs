using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Benchmarks;

/// <summary>All ratios in one Markdown table, with what they were measured on.</summary>
internal static partial class SpeedPage
{
    public const string Command = "dotnet run -c Release --project test/Ilt.Benchmarks -- --speed --out docs/results/speed.md";

    private const string Header = "| part | what | against | turns | 10 % | median | 90 % | at most |\n| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |\n";

    /// <summary>Measures everything and puts it on a page; says on the screen how far it has come.</summary>
    /// <param name="parts">The benchmarks.</param>
    /// <param name="quick">A dry run; the page says so.</param>
    public static string Make(IReadOnlyList<(string Name, Func<bool, SpeedFigures> Measure)> parts, bool quick)
    {
        var (before, start) = (Load(), DateTime.UtcNow);
        var (rows, notes) = (new StringBuilder(), new List<string>());
        foreach (var (name, measure) in parts)
        {
            Console.WriteLine(FormattableString.Invariant($"{DateTime.UtcNow:HH:mm:ss} {name}"));
            var figures = measure(quick);
            foreach (var ratio in figures.Ratios) rows.Append(Row(name, ratio));
            if (figures.Note is { } note) notes.Add($"- {name}: {note}");
        }

        var page = new StringBuilder();
        page.Append("# Speed\n\n");
        page.Append(CultureInfo.InvariantCulture, $"> **{(quick ? "A dry run: the figures are of no worth. " : "")}Made on {start:d MMMM yyyy}, {start:HH:mm} to {DateTime.UtcNow:HH:mm} UTC, on {Packages()}.** {Machine()}; load {before} before, {Load()} after.\n\n");
        page.Append("How long one thing takes beside another that takes turns with it, so that a slow moment of the machine hits both alike. Each turn gives a ratio: below 1 the\n");
        page.Append("first is faster. *10 %*, *median* and *90 %* are of the turns of this run. *At most* is what the median should keep to, where something is asked of it; **bold**: it does not.\n\n");
        page.Append("    ").Append(Command).Append("\n\n");
        page.Append(Header).Append(rows).Append('\n');
        if (notes.Count > 0) page.AppendJoin('\n', notes).Append("\n\n");
        page.Append("What the parts measure, and longer runs of them: [benchmarks](../../test/Ilt.Benchmarks/README.md).\n");
        return page.ToString();
    }

    /// <summary>What is wrong with the form of a page; null: it is one that <see cref="Make"/> could have written.</summary>
    /// <param name="page">Its text, with line feeds.</param>
    public static string? Fault(string page)
    {
        if (!page.StartsWith("# Speed\n\n> **", StringComparison.Ordinal)) return "it does not begin with its title and what it was made on";
        if (!MadeOn().IsMatch(page)) return "it does not say when and on what it was made, and under which load";
        if (page.Split(Header) is not [_, var rest]) return "it has not one table of ratios with the columns that the program writes";
        var rows = rest.Split('\n').TakeWhile(line => line.StartsWith('|')).ToArray();
        if (rows.Length == 0) return "its table is empty";
        return rows.FirstOrDefault(row => !TableRow().IsMatch(row)) is { } wrong ? $"a line of its table is not as the program writes it: {wrong}" : null;
    }

    private static string Row(string part, SpeedRatio ratio)
    {
        var median = Ratio(ratio.Quantile(0.5));
        var kept = ratio.AtMost is not { } most || ratio.Quantile(0.5) <= most;
        return FormattableString.Invariant(
            $"| {part} | {ratio.What} | {ratio.Against} | {ratio.Turns.Length} | {Ratio(ratio.Quantile(0.1))} | {(kept ? median : $"**{median}**")} | {Ratio(ratio.Quantile(0.9))} | {(ratio.AtMost is { } limit ? Ratio(limit) : "")} |\n");
    }

    // Three digits that count, whatever the size: 0.00123, 0.987, 12.3, 4,567.
    private static string Ratio(double ratio) => ratio switch
    {
        >= 100 => ratio.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => ratio.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 => ratio.ToString("F2", CultureInfo.InvariantCulture),
        >= 0.1 => ratio.ToString("F3", CultureInfo.InvariantCulture),
        _ => ratio.ToString("F5", CultureInfo.InvariantCulture),
    };

    private static string Packages() =>
        $"Ilt.MLNet {Version(typeof(MultiTaskTraining))}, .NET {Environment.Version}, ML.NET {Version(typeof(MLContext))}, TorchSharp {Version(typeof(TorchSharp.torch))}, libtorch {LibTorchVersion} (CPU)";

    /// <summary>The version of the native package that this was built with: the library itself does not tell.</summary>
    public static string LibTorchVersion { get; } =
        typeof(SpeedPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(entry => entry.Key == nameof(LibTorchVersion)).Value!;

    // An assembly's own number may be that of its interface; behind the plus stands the commit.
    private static string Version(Type of) => of.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Machine() => FormattableString.Invariant($"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB");

    private static string Processor()
    {
        const string Line = "model name";
        var named = OperatingSystem.IsLinux() ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) : null;
        return named?[(named.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
    }

    // Of the last minute: processes that run or wait for a core.
    private static string Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    [GeneratedRegex(@"Made on \d+ \w+ \d{4}, \d\d:\d\d to \d\d:\d\d UTC, on Ilt\.MLNet \S+, \.NET \S+, ML\.NET \S+, TorchSharp \S+, libtorch \S+ \(CPU\)\.\*\* .+, \d+ cores, \d+ GB; load \S+ before, \S+ after\.\n")]
    private static partial Regex MadeOn();

    [GeneratedRegex(@"^\| [^|]+ \| [^|]+ \| [^|]+ \| \d+ \| [\d.,]+ \| (\*\*)?[\d.,]+(\*\*)? \| [\d.,]+ \| ([\d.,]+)? \|$")]
    private static partial Regex TableRow();
}
