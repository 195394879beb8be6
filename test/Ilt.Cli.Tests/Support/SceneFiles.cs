using System.Globalization;
using System.Text;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Support;

/// <summary>
/// A few generated scenes as files: img/ID.png, seg/ID.png (class ids 0 to 7), map/ID.png (inverse depth x 1000, 16 bits), arr/ID.npy (inverse
/// depth), and rows.csv with id, image, mask, map, array, light (a class) and cars (a number).
/// </summary>
internal sealed class SceneFiles
{
    public const string SegTask = "seg=mask:mask";
    public const string DepthTask = "depth=map:map";

    private readonly TempFolder folder;

    public SceneFiles(TempFolder folder, int count = 24, int side = 32)
    {
        this.folder = folder;
        foreach (var name in new[] { "img", "seg", "map", "arr" })
            Directory.CreateDirectory(folder[name]);
        var generator = new SceneGenerator(new SceneOptions { Height = side, Width = side, Difficulty = 0.2 });
        var text = new StringBuilder("id,image,mask,map,array,light,cars\n");
        for (var i = 0; i < count; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"s{i:D2}");
            var scene = generator.Generate(i);
            PngWriter.Write(folder[$"img/{id}.png"], scene.Image);
            PngWriter.Write(folder[$"seg/{id}.png"], scene.Mask);
            PngWriter.WriteGray16(folder[$"map/{id}.png"], side, side, Array.ConvertAll(scene.InverseDepth.Values, v => (ushort)(v * 1000)));
            NpyFile.Write(folder[$"arr/{id}.npy"], NpyArray.Create(scene.InverseDepth.Values, side, side));
            text.Append(CultureInfo.InvariantCulture, $"{id},img/{id}.png,seg/{id}.png,map/{id}.png,arr/{id}.npy,{(i % 2 == 0 ? "even" : "odd")},{i % 5}\n");
        }

        Table = folder.Write("rows.csv", text.ToString());
    }

    public string Table { get; }

    /// <summary>A run of the table that is over in a second or two, written to out/.</summary>
    public string[] Flag(params string[] options) => FlagTable(Table, options);

    public string[] FlagTable(string table, params string[] options) =>
        ["flag", table, "--id", "id", "--image", "image", "--images", folder.Root, "--epochs", "2", "--batch", "8", "--network", "unet", "--width", "4", "--depth", "1", "--out", folder["out"], .. options];

    /// <summary>Gives a column other cells; null leaves a cell.</summary>
    public string Rewrite(string column, Func<int, string, string?> cell, string name = "changed.csv")
    {
        var lines = File.ReadAllLines(Table);
        var index = Array.IndexOf(lines[0].Split(','), column);
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            cells[index] = cell(i - 1, cells[index]) ?? cells[index];
            lines[i] = string.Join(',', cells);
        }

        return folder.Write(name, string.Join('\n', lines) + "\n");
    }
}
