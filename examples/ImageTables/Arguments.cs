using System.Globalization;
using Ilt.Bodies;
using Ilt.Parameters;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>The command line of this example.</summary>
internal sealed record Arguments
{
    private const string Usage = """
        usage: ImageTables pairs|scenes|nuclei|nuclei-original|streets|bodies|body-files
                           [--data DIR] [--out DIR] [--seeds 1,2,3] [--fractions 0.4] [--corruptions NAME,...|clean] [--weightings ilt,equal,mtu,dwa,gls]
                           [--rows N] [--test N] [--body FILE] [--difficulty X] [--summary]
                           [--width N] [--depth N] [--branch N] [--grid N] [--input-stride N] [--epochs N] [--batch N] [--lr X] [--decay X] [--threads N] [--loss-scales X,...]
                           [--ilt-lr X] [--pull X] [--warmup N] [--momentum X] [--min X] [--max X] [--surface N] [--pose-loss squared|matrices] [--augment X]
                           [--turn DEGREES] [--pose-dimensions N] [--pose-spread X] [--people N]
          --data     folder that holds mnist20k/, fashion-mnist12k/, dsb2018-nuclei/, camvid/ and body-like-surreal/ (default: the variable
                     ILT_DATA); scenes and bodies need none
          --out      folder of runs.csv (default image-tables); with --summary also several, separated by commas
          --fractions  shares of the labels that are made wrong (default 0.4; bodies and body-files 0.2,0.4)
          --rows     training rows, the first ones (default: all; scenes 1000, bodies 3000)
          --test     test rows of bodies and body-files (default 500, and all)
          --body     body model of bodies and body-files, an .npz file in the layout of SMPL (default: the one that comes with the examples)
          --difficulty  of the scenes, from 0 to 1 (default 0.5)
          --summary  print the tables of what was measured, and train nothing
          --width, --depth, --branch, --grid, --input-stride  of the UNet: base width, how often the image is halved, units of a branch, cells
                     of the bottleneck that the branches see, stride of the first convolution
          --loss-scales  factors on the losses of the tasks, in their order (default 1 each)
          --surface, --pose-loss  of bodies and body-files: vertices of the surface (default 700); distance of poses (default squared)
          --turn, --pose-dimensions, --pose-spread  of bodies: largest turn away from the camera to either side (default 180), in how many ways
                     joints bend together (default 0: each on its own), and how far they bend (default 1)
          --people   of bodies: different people (shape and clothes) to train on, and as many others to test on (default: a new one in every picture)
          --augment  of bodies and body-files: random flips, turns, sizes and colours, times X (default 0: none; 1: as usual for people)
        """;

    private static readonly string[] Known =
    [
        "--data", "--out", "--seeds", "--fractions", "--corruptions", "--weightings", "--rows", "--test", "--body", "--difficulty", "--width", "--depth", "--branch", "--grid",
        "--input-stride", "--epochs", "--batch", "--lr", "--decay", "--threads", "--loss-scales", "--ilt-lr", "--pull", "--warmup", "--momentum", "--min", "--max", "--surface", "--pose-loss", "--augment",
        "--turn", "--pose-dimensions", "--pose-spread", "--people",
    ];

    private readonly Dictionary<string, string> values;

    private Arguments(string set, Dictionary<string, string> values)
    {
        this.values = values;
        Set = set;
    }

    /// <summary>The sets there are.</summary>
    public static IReadOnlyList<string> Sets { get; } = ["pairs", "scenes", "nuclei", "nuclei-original", "streets", "bodies", "body-files"];

    public string Set { get; }

    public bool IsBodies => Set is "bodies" or "body-files";

    public string? Data => Take("--data");

    public IReadOnlyList<string> Out => (Take("--out") ?? "image-tables").Split(',');

    public IReadOnlyList<int> Seeds => [.. Numbers(Take("--seeds") ?? "1,2,3").Select(n => (int)n)];

    public IReadOnlyList<double> Fractions => Numbers(Take("--fractions") ?? (IsBodies ? "0.2,0.4" : "0.4"));

    public IReadOnlyList<string>? Corruptions => Take("--corruptions")?.Split(',');

    public IReadOnlyList<LossWeightingKind> Weightings => [.. (Take("--weightings") ?? "ilt,equal,mtu,dwa,gls").Split(',').Select(LossWeightings.Parse)];

    public int? Rows => Count("--rows");

    public int? Test => Count("--test");

    public string? Body => Take("--body");

    public double Difficulty => Number("--difficulty") ?? 0.5;

    public bool SummaryOnly => values.ContainsKey("--summary");

    /// <summary>Factors on the losses of the tasks; null: 1 each.</summary>
    public IReadOnlyList<double>? LossScales => Take("--loss-scales") is { } text ? Numbers(text) : null;

    public int? SurfaceVertices => Count("--surface");

    public RegressionLoss PoseLoss => Take("--pose-loss") switch
    {
        null or "squared" => RegressionLoss.Squared,
        "matrices" => RegressionLoss.RotationMatrices,
        var other => throw new FormatException($"--pose-loss {other}: expected squared or matrices."),
    };

    /// <summary>What generated people look like.</summary>
    public BodySceneOptions Scenes => new()
    {
        TurnDegrees = Number("--turn") ?? 180,
        PoseDimensions = Count("--pose-dimensions") ?? 0,
        PoseSpread = Number("--pose-spread") ?? 1,
        People = Count("--people") ?? 0,
    };

    /// <summary>Random changes of pictures of people; null: none.</summary>
    public BodyAugmentation? Augmentation => Number("--augment") is { } strength and not 0 ? new() { Degrees = 20 * strength, Scale = 0.2 * strength, Colour = 0.2 * strength } : null;

    /// <summary>The options of training, with a network and a number of epochs where none are given.</summary>
    public TrainingOptions Training(int? epochs = null, UNetDefinition? network = null) => new()
    {
        InstanceLevel = InstanceLevel(),
        Network = network is null ? null : Change(network),
        Epochs = Count("--epochs") ?? epochs,
        BatchSize = Count("--batch"),
        LearningRate = Number("--lr"),
        WeightDecay = Number("--decay"),
        Threads = Count("--threads") ?? 1,
    };

    public static Arguments? Parse(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--summary") values[args[i]] = "";
            else if (Known.Contains(args[i]) && i + 1 < args.Length) values[args[i]] = args[++i];
            else return Help();
        }
        return args.Length > 0 && Sets.Contains(args[0]) ? new Arguments(args[0], values) : Help();
    }

    private UNetDefinition Change(UNetDefinition network) => network with
    {
        BaseWidth = Count("--width") ?? network.BaseWidth,
        Depth = Count("--depth") ?? network.Depth,
        BranchWidth = Count("--branch") ?? network.BranchWidth,
        BottleneckGrid = Count("--grid") ?? network.BottleneckGrid,
        InputStride = Count("--input-stride") ?? network.InputStride,
    };

    private InstanceTaskParameterOptions InstanceLevel()
    {
        var options = new InstanceTaskParameterOptions();
        if (Number("--ilt-lr") is { } step) options = options with { StepSize = step };
        if (Number("--pull") is { } pull) options = options with { MedianPull = pull };
        if (Number("--momentum") is { } momentum) options = options with { Momentum = momentum };
        if (Number("--min") is { } minimum) options = options with { Minimum = minimum };
        if (Number("--max") is { } maximum) options = options with { Maximum = maximum };
        if (Count("--warmup") is { } warmup) options = options with { WarmupEpochs = warmup };
        return options;
    }

    private string? Take(string name) => values.GetValueOrDefault(name);

    private double? Number(string name) => Take(name) is { } text ? Number(name, text) : null;

    private int? Count(string name) => Take(name) is { } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new FormatException($"{name} {text}: expected a whole number.")
        : null;

    private static double[] Numbers(string text) => [.. text.Split(',').Select(part => Number("a list of numbers", part))];

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{name}: '{text}' is no number.");

    private static Arguments? Help()
    {
        Console.Error.WriteLine(Usage);
        return null;
    }
}
