using System.Globalization;
using Ilt.Benchmarks;

// dotnet run -c Release --project test/Ilt.Benchmarks [-- --quick]
// Prints tables of ratios; README.md beside this file says how to read them.
var quick = args.Contains("--quick");
var unknown = args.Where(arg => arg != "--quick").ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"Unknown option {unknown[0]}; expected nothing or --quick.");
    return 1;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(quick ? "quick" : "full")} run"));
AllBenchmarks.Run(quick);
return 0;
