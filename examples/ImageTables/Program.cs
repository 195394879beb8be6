using System.Globalization;
using Ilt.Examples.ImageTables;
using Ilt.Examples.ImageTables.Data;

// Makes part of the labels of one task wrong, trains with each weighting, and measures the networks on clean test images and how well
// the wrong labels are found. One line per figure goes to OUT/runs.csv; a finished run is not repeated.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var arguments = Arguments.Parse(args);
if (arguments is null) return 1;
try
{
    var results = new ResultFile(arguments.Out);
    if (!arguments.SummaryOnly)
    {
        var experiment = arguments.Set switch
        {
            "pairs" => Experiments.Pairs(new DataFolder(arguments.Data), arguments),
            "scenes" => Experiments.Scenes(arguments),
            "nuclei" => Experiments.Nuclei(new DataFolder(arguments.Data), arguments, all: false),
            "nuclei-original" => Experiments.Nuclei(new DataFolder(arguments.Data), arguments, all: true),
            _ => Experiments.Streets(new DataFolder(arguments.Data), arguments),
        };
        var corruptions = arguments.Corruptions ?? ["clean", .. experiment.Corruptions.Select(c => c.Name)];
        if (corruptions.FirstOrDefault(name => name != "clean" && experiment.Corruptions.All(c => c.Name != name)) is { } unknown)
            throw new FormatException($"'{arguments.Set}' has no corruption '{unknown}'; it has clean, {string.Join(", ", experiment.Corruptions.Select(c => c.Name))}.");
        foreach (var seed in arguments.Seeds)
            foreach (var corruption in corruptions)
                foreach (var fraction in corruption == "clean" ? [0.0] : arguments.Fractions)
                    foreach (var weighting in arguments.Weightings)
                    {
                        var key = new RunKey(arguments.Set, corruption, fraction, seed, weighting);
                        if (results.Has(key)) continue;
                        results.Write(key, Run.Train(experiment, corruption, fraction, seed, weighting, report =>
                            Console.WriteLine($"{key} epoch {report.Epoch}/{report.Epochs}: {string.Join(", ", experiment.Tasks.Select((t, k) => $"{t.Name} {report.TrainLoss[k]:F4} test error {report.Validation![k].Error:F4}"))}; {report.Seconds:F1} s, waited {report.WaitSeconds:F2} s")));
                    }
    }
    Summary.Print(results, arguments.Set);
    return 0;
}
catch (Exception e) when (e is IOException or FormatException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
