using System.Globalization;
using Ilt.Corruption;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.Examples.DetectionTable;

/// <summary>The command line of this example.</summary>
internal sealed record Arguments(
    string Data, string Out, IReadOnlyList<string> Sets, double[] Fractions, int[] Seeds, int MostTasks, bool Rivals,
    LabelCorruptionKind RegressionNoise, TrainingOptions Training, bool Lengths, int MostRows)
{
    private const string Usage = """
        usage: DetectionTable [--data DIR] [--out DIR] [--sets NAME,...] [--fractions 0.1,0.2,0.4] [--seeds 1,2,3]
                              [--tasks N] [--rows N] [--no-rivals] [--lengths] [--noise UniformNoise|GaussianNoise|Swap]
                              [--epochs N] [--batch N] [--lr X] [--hidden N,N] [--decay X] [--dropout X] [--ilt-lr X] [--pull X] [--warmup N] [--momentum X] [--min X]
          --data     folder that holds uci-tabular/ and mulan-mtr/ (default: the variable ILT_DATA)
          --tasks    most tasks taken of a set, the first ones (default 6)
          --rows     most rows taken of a set, drawn at random once (default: all)
          --lengths  compare the default, which finds its number of epochs, with fixed numbers of epochs instead
          --no-rivals  leave out cross-validation and the other weightings (quick)
        """;

    public static Arguments? Parse(string[] args)
    {
        string[] known =
        [
            "--data", "--out", "--sets", "--fractions", "--seeds", "--tasks", "--rows", "--noise", "--epochs", "--batch", "--lr", "--hidden", "--decay", "--dropout",
            "--ilt-lr", "--pull", "--warmup", "--momentum", "--min",
        ];
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--no-rivals" or "--lengths") values[args[i]] = "";
            else if (known.Contains(args[i]) && i + 1 < args.Length) values[args[i]] = args[++i];
            else
            {
                Console.Error.WriteLine(Usage);
                return null;
            }
        }
        var data = Take("--data") ?? Environment.GetEnvironmentVariable("ILT_DATA");
        if (data is null || !Directory.Exists(data))
        {
            Console.Error.WriteLine("The data folder is missing: give --data DIR, or set ILT_DATA.\n" + Usage);
            return null;
        }
        if (Take("--sets")?.Split(',').FirstOrDefault(name => DataSet.All.All(s => s.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no set '{unknown}'; the sets are {string.Join(", ", DataSet.All.Select(s => s.Name))}.");
            return null;
        }
        var instanceLevel = new InstanceTaskParameterOptions();
        if (Number("--ilt-lr") is { } step) instanceLevel = instanceLevel with { StepSize = step };
        if (Number("--pull") is { } pull) instanceLevel = instanceLevel with { MedianPull = pull };
        if (Number("--momentum") is { } momentum) instanceLevel = instanceLevel with { Momentum = momentum };
        if (Number("--warmup") is { } warmup) instanceLevel = instanceLevel with { WarmupEpochs = (int)warmup };
        if (Number("--min") is { } minimum) instanceLevel = instanceLevel with { Minimum = minimum };
        var training = new TrainingOptions
        {
            InstanceLevel = instanceLevel,
            Epochs = (int?)Number("--epochs"),
            BatchSize = (int?)Number("--batch"),
            LearningRate = Number("--lr"),
            Dropout = Number("--dropout"),
            HiddenUnits = Take("--hidden") is { } hidden ? [.. Numbers(hidden).Select(n => (int)n)] : null,
        };
        if (Number("--decay") is { } decay) training = training with { WeightDecay = decay };
        return new Arguments(data, Take("--out") ?? "detection-table", Take("--sets")?.Split(',') ?? [],
            Numbers(Take("--fractions") ?? "0.1,0.2,0.4"), [.. Numbers(Take("--seeds") ?? "1,2,3").Select(n => (int)n)],
            (int)(Number("--tasks") ?? 6), !values.ContainsKey("--no-rivals"),
            Enum.Parse<LabelCorruptionKind>(Take("--noise") ?? nameof(LabelCorruptionKind.UniformNoise)), training,
            values.ContainsKey("--lengths"), (int)(Number("--rows") ?? int.MaxValue));

        string? Take(string name) => values.GetValueOrDefault(name);
        double? Number(string name) => Take(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        static double[] Numbers(string text) => [.. text.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
    }
}
