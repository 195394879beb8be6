namespace Ilt.Cli.Tests.Support;

/// <summary>A few generated people as files: people/ (info.csv, rgb, segm, depth), body.npz, and rows.csv as ilt list writes it.</summary>
internal sealed class BodyTable
{
    public const string ShapeTask = "shape=regression:shape_*";
    public const string PoseTask = "pose=regression:pose_*";
    public const string MaskTask = "mask=mask:mask";

    private readonly TempFolder folder;

    public BodyTable(TempFolder folder, int count = 10, int val = 0, int side = 16)
    {
        this.folder = folder;
        Body = BodyFiles.Write(folder);
        CliRun.Done("generate", "bodies", People, "--body", Body, "--train", $"{count}", "--val", $"{val}", "--size", $"{side}");
        CliRun.Done("list", "bodies", People, "--out", Path);
        if (val > 0)
            CliRun.Done("list", "bodies", People, "--split", "val", "--out", folder["val.csv"]);
    }

    public string Body { get; }

    public string People => folder["people"];

    public string Path => folder["rows.csv"];

    /// <summary>Gives a cell of rows.csv another text.</summary>
    public void Set(int row, string column, string text)
    {
        var lines = File.ReadAllLines(Path);
        var cells = lines[row + 1].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), column)] = text;
        lines[row + 1] = string.Join(',', cells);
        File.WriteAllLines(Path, lines);
    }

    /// <summary>Puts the columns of rows.csv into another order.</summary>
    public void Shuffle(int seed)
    {
        var lines = File.ReadAllLines(Path).Select(line => line.Split(',')).ToArray();
        var order = Enumerable.Range(0, lines[0].Length).ToArray();
        new Random(seed).Shuffle(order);
        File.WriteAllLines(Path, lines.Select(cells => string.Join(',', order.Select(c => cells[c]))));
    }

    /// <summary>A run that is over in a second or two, written to out/ unless the options say otherwise.</summary>
    public string[] Flag(params string[] options) =>
    [
        "flag", Path, "--id", "id", "--image", "image", "--images", People, "--epochs", "2", "--batch", "5", "--width", "4", "--depth", "1",
        .. options.Contains("--network") ? [] : new[] { "--network", "unet" }, .. options.Contains("--out") ? [] : new[] { "--out", folder["out"] }, .. options,
    ];
}
