using System.Globalization;
using Ilt.Benchmarks;

// dotnet run -c Release --project test/Ilt.Benchmarks [-- --quick] [-- --images | --image-loops | --model-file | --checkpoints | --scratch]
// Prints tables of ratios; README.md beside this file says how to read them.
var quick = args.Contains("--quick");
var unknown = args.Where(arg => arg is not ("--quick" or "--images" or "--image-loops" or "--model-file" or "--checkpoints" or "--scratch")).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"Unknown option {unknown[0]}; expected nothing, --quick, --images, --image-loops, --model-file, --checkpoints or --scratch.");
    return 1;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(quick ? "quick" : "full")} run"));
if (args.Contains("--images")) ImageEpochBenchmark.Run(quick);
else if (args.Contains("--image-loops")) ImageLoopBenchmark.Run(quick);
else if (args.Contains("--scratch")) ScratchBenchmark.Run(quick);
else if (args.Contains("--checkpoints")) CheckpointBenchmark.Run(quick);
else if (args.Contains("--model-file")) ModelFileBenchmark.Run(quick);
else AllBenchmarks.Run(quick);
return 0;
