using System.Globalization;
using Ilt.Examples.ImageTables;
using Ilt.Examples.ImageTables.Data;
using Ilt.Torch;

// Makes part of the labels of one task wrong, trains with each weighting, and measures the networks on clean test images and how well
// the wrong labels are found. One line per figure goes to OUT/runs.csv; a finished run is not repeated.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var arguments = Arguments.Parse(args);
if (arguments is null) return 1;
try
{
    if (!arguments.SummaryOnly) Measure(arguments);
    var lines = ResultFile.Read(arguments.Out, arguments.Set);
    if (arguments.IsBodies) BodySummary.Print(lines, arguments.Set);
    else Summary.Print(lines, arguments.Set);
    return 0;
}
catch (Exception e) when (e is IOException or FormatException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Measure(Arguments arguments)
{
    if (arguments.Out.Count > 1) throw new FormatException("--out: several folders can be summed up, but only one be written to; add --summary, or name one.");
    var results = new ResultFile(arguments.Out[0]);
    var experiment = arguments.Set switch
    {
        "pairs" => Experiments.Pairs(new DataFolder(arguments.Data), arguments),
        "scenes" => Experiments.Scenes(arguments),
        "nuclei" => Experiments.Nuclei(new DataFolder(arguments.Data), arguments, all: false),
        "nuclei-original" => Experiments.Nuclei(new DataFolder(arguments.Data), arguments, all: true),
        "streets" => Experiments.Streets(new DataFolder(arguments.Data), arguments),
        "bodies" => BodyExperiments.Generated(arguments),
        _ => BodyExperiments.FromFiles(new DataFolder(arguments.Data), arguments),
    };
    if (arguments.LossScales is { } scales)
    {
        if (scales.Count != experiment.Tasks.Count) throw new FormatException($"--loss-scales: expected {experiment.Tasks.Count} numbers, one for each of {string.Join(", ", experiment.Tasks.Select(task => task.Name))}; found {scales.Count}.");
        experiment = experiment with { Tasks = [.. experiment.Tasks.Zip(scales, (task, scale) => task with { LossScale = scale })] };
    }
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
                    results.Write(key, Run.Train(experiment, corruption, fraction, seed, weighting, report => Console.WriteLine($"{key} epoch {report.Epoch}/{report.Epochs}: {Tasks(report)}; {report.Seconds:F1} s, waited {report.WaitSeconds:F2} s")));
                }

    string Tasks(EpochReport report) => string.Join(", ", report.TrainLoss.Zip(report.Validation!, (loss, test) => $"{test.Task} {loss:F4} test {(test.SurfaceError is { } surface ? $"{surface:F1} mm" : $"error {test.Error:F4}")}"));
}
