using System.Globalization;
using Ilt.Torch;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>The command line of this example.</summary>
internal sealed record Arguments(
    string Set, string? Data, string Out, int[] Seeds, double[] Fractions, string[]? Corruptions, LossWeightingKind[] Weightings, int? Rows, int Width, double Difficulty, bool SummaryOnly, TrainingOptions Training)
{
    private const string Usage = """
        usage: ImageTables pairs|scenes|nuclei|nuclei-original|streets [--data DIR] [--out DIR] [--seeds 1,2,3] [--fractions 0.4]
                           [--corruptions NAME,...|clean] [--weightings ilt,equal,mtu,dwa,gls] [--rows N] [--width N] [--difficulty X] [--summary]
                           [--epochs N] [--batch N] [--lr X] [--decay X] [--ilt-lr X] [--pull X] [--warmup N] [--momentum X] [--min X]
          --data     folder that holds mnist20k/, fashion-mnist12k/, dsb2018-nuclei/ and camvid/ (default: the variable ILT_DATA); scenes need none
          --rows     training rows of pairs and scenes, the first ones (default: all)
          --width    base width of the UNet (default 8)
          --difficulty  of the scenes, from 0 to 1 (default 0.5)
          --summary  print the tables of what was measured, and train nothing
        """;

    public static Arguments? Parse(string[] args)
    {
        string[] known = ["--data", "--out", "--seeds", "--fractions", "--corruptions", "--weightings", "--rows", "--width", "--difficulty", "--epochs", "--batch", "--lr", "--decay", "--ilt-lr", "--pull", "--warmup", "--momentum", "--min"];
        string[] sets = ["pairs", "scenes", "nuclei", "nuclei-original", "streets"];
        var values = new Dictionary<string, string>();
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--summary") values[args[i]] = "";
            else if (known.Contains(args[i]) && i + 1 < args.Length) values[args[i]] = args[++i];
            else return Help();
        }
        if (args.Length == 0 || !sets.Contains(args[0])) return Help();
        var instanceLevel = new InstanceTaskParameterOptions();
        if (Number("--ilt-lr") is { } step) instanceLevel = instanceLevel with { StepSize = step };
        if (Number("--pull") is { } pull) instanceLevel = instanceLevel with { MedianPull = pull };
        if (Number("--momentum") is { } momentum) instanceLevel = instanceLevel with { Momentum = momentum };
        if (Number("--min") is { } minimum) instanceLevel = instanceLevel with { Minimum = minimum };
        if (Number("--warmup") is { } warmup) instanceLevel = instanceLevel with { WarmupEpochs = (int)warmup };
        var training = new TrainingOptions
        {
            InstanceLevel = instanceLevel,
            Epochs = (int?)Number("--epochs"),
            BatchSize = (int?)Number("--batch"),
            LearningRate = Number("--lr"),
            WeightDecay = Number("--decay"),
        };
        return new Arguments(args[0], Take("--data"), Take("--out") ?? "image-tables", [.. Numbers(Take("--seeds") ?? "1,2,3").Select(n => (int)n)],
            Numbers(Take("--fractions") ?? "0.4"), Take("--corruptions")?.Split(','),
            [.. (Take("--weightings") ?? "ilt,equal,mtu,dwa,gls").Split(',').Select(LossWeightings.Parse)], (int?)Number("--rows"), (int)(Number("--width") ?? 8), Number("--difficulty") ?? 0.5, values.ContainsKey("--summary"), training);

        string? Take(string name) => values.GetValueOrDefault(name);
        double? Number(string name) => Take(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        static double[] Numbers(string text) => [.. text.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
    }

    private static Arguments? Help()
    {
        Console.Error.WriteLine(Usage);
        return null;
    }
}
