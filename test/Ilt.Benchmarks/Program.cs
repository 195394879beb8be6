using System.Globalization;
using Ilt.Benchmarks;

// dotnet run -c Release --project test/Ilt.Benchmarks [-- --quick] [-- --speed [--out FILE] | --tables | --images | --image-loops | --model-file | --checkpoints | --scratch | --reading [ROWS] [COLUMNS] | --large [ROWS] | --pytorch | --kernels | --all]
// Prints tables of ratios; README.md beside this file says how to read them.
(string Name, Action<bool> Run)[] parts =
[
    ("--tables", TableLoopBenchmark.Run), ("--image-loops", ImageLoopBenchmark.Run), ("--images", ImageEpochBenchmark.Run),
    ("--checkpoints", CheckpointBenchmark.Run), ("--model-file", ModelFileBenchmark.Run), ("--scratch", ScratchBenchmark.Run),
    ("--reading", quick => ReadingBenchmark.Run(quick, args)), ("--large", quick => LargeTableBenchmark.Run(quick, args)),
    ("--pytorch", PyTorchBenchmark.Run), ("--kernels", KernelBenchmark.Run),
];
var (quick, place) = (args.Contains("--quick"), Array.IndexOf(args, "--out"));
var file = place < 0 ? null : args.ElementAtOrDefault(place + 1);
string[] given = place < 0 ? args : [.. args[..place], .. args[Math.Min(args.Length, place + 2)..]];
string[] known = ["--quick", "--speed", .. parts.Select(part => part.Name), "--all"];
if (given.Except(known).FirstOrDefault(arg => !int.TryParse(arg, out _)) is { } unknown)
{
    Console.Error.WriteLine($"Unknown option {unknown}; expected nothing, or some of {string.Join(", ", known)}, and with --speed --out FILE.");
    return 1;
}
if (place >= 0 && (file is null or ['-', ..] || !given.Contains("--speed")))
{
    Console.Error.WriteLine("--out takes the file that --speed writes, as in: --speed --out docs/results/speed.md");
    return 1;
}

if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
{
    Console.Error.WriteLine($"--out {file}: there is no such folder.");
    return 1;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(quick ? "quick" : "full")} run"));
if (given.Contains("--speed"))
{
    var page = SpeedPage.Make(SpeedParts.All, quick);
    if (file is null) Console.Write(page);
    else File.WriteAllText(file, page);
    return 0;
}
var chosen = parts.Where(part => given.Contains("--all") ? part.Name is not ("--kernels" or "--large") : given.Contains(part.Name)).ToArray();
if (chosen.Length == 0 || given.Contains("--all")) StepBenchmarks.Run(quick);
foreach (var part in chosen) part.Run(quick);
return 0;
