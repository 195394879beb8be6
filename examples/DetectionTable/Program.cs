using System.Globalization;
using Ilt.Corruption;
using Ilt.Examples.DetectionTable;
using Ilt.Parameters;
using Ilt.Torch;
using Ilt.Weighting;

// Corrupts one task of a real table at a time and compares how well several scores find the corrupted rows, and how well the
// networks predict clean test rows in spite of them. One line per measurement goes to OUT/*.csv; a finished cell
// is not run again.
var arguments = Arguments.Parse(args);
if (arguments is null) return 1;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var results = new ResultFiles(arguments.Out);
var sets = DataSet.All.Where(s => arguments.Sets.Count == 0 || arguments.Sets.Contains(s.Name)).ToList();

foreach (var set in sets)
{
    var (tasks, data) = set.Load(arguments.Data, arguments.MostTasks, arguments.MostRows);
    if (arguments.Lengths)
    {
        for (var task = 0; task < tasks.Length; task++)
            foreach (var fraction in arguments.Fractions)
                foreach (var seed in arguments.Seeds)
                    if (results.Measure("lengths~" + ResultFiles.Name(set.Name, tasks[task].Name, fraction, seed), () => Lengths.Measure(set.Name, tasks, data, task, fraction, seed, arguments)))
                        Console.WriteLine($"{set.Name,-18} {tasks[task].Name,-26} {fraction:P0} seed {seed}");
        continue;
    }
    foreach (var seed in arguments.Seeds)
    {
        // A quarter of the rows, drawn by the seed, stays clean and out of training: the test rows.
        var order = Enumerable.Range(0, data.RowCount).ToArray();
        new Random(1000 + seed).Shuffle(order);
        var testCount = data.RowCount / 4;
        var cell = new Cell(tasks, data.Subset(order[testCount..]), data.Subset(order[..testCount]), arguments.Training, arguments.RegressionNoise);
        foreach (var weighting in (LossWeightingKind[])[LossWeightingKind.Equal, LossWeightingKind.InstanceLevel])
            results.Measure(ResultFiles.CleanName(set.Name, seed, weighting), () => ResultFiles.CleanLines(set.Name, seed, weighting, tasks, cell.CleanTestErrors(seed, weighting)));
        for (var task = 0; task < tasks.Length; task++)
            foreach (var fraction in arguments.Fractions)
            {
                var start = DateTime.UtcNow;
                if (results.Measure(ResultFiles.Name(set.Name, tasks[task].Name, fraction, seed), () => ResultFiles.Lines(tasks, cell.Run(set.Name, task, fraction, seed, arguments.Rivals))))
                    Console.WriteLine($"{set.Name,-18} {tasks[task].Name,-26} {fraction:P0} seed {seed}: {(DateTime.UtcNow - start).TotalSeconds:F1} s");
            }
    }
}
results.Join();
if (arguments.Lengths)
{
    Lengths.Print(arguments.Out, Console.Out);
    return 0;
}
Summary.Print(arguments.Out, sets);
return 0;
