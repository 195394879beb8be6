using System.Globalization;
using Ilt.Benchmarks;

// dotnet run -c Release --project test/Ilt.Benchmarks [-- --quick] [-- --tables | --images | --image-loops | --model-file | --checkpoints | --scratch | --reading [ROWS] [COLUMNS] | --all]
// Prints tables of ratios; README.md beside this file says how to read them.
(string Name, Action<bool> Run)[] parts =
[
    ("--tables", TableLoopBenchmark.Run), ("--image-loops", ImageLoopBenchmark.Run), ("--images", ImageEpochBenchmark.Run),
    ("--checkpoints", CheckpointBenchmark.Run), ("--model-file", ModelFileBenchmark.Run), ("--scratch", ScratchBenchmark.Run),
    ("--reading", quick => ReadingBenchmark.Run(quick, args)),
];
var quick = args.Contains("--quick");
string[] known = ["--quick", .. parts.Select(part => part.Name), "--all"];
if (args.Except(known).FirstOrDefault(arg => !int.TryParse(arg, out _)) is { } unknown)
{
    Console.Error.WriteLine($"Unknown option {unknown}; expected nothing, or some of {string.Join(", ", known)}.");
    return 1;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(quick ? "quick" : "full")} run"));
var chosen = args.Contains("--all") ? parts : [.. parts.Where(part => args.Contains(part.Name))];
if (chosen.Length == 0 || args.Contains("--all")) StepBenchmarks.Run(quick);
foreach (var part in chosen) part.Run(quick);
return 0;
