using System.Globalization;
using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Reads and writes folders of pictures of one person each with everything that is known about it: <c>info.csv</c> and, per id,
/// <c>rgb/ID.png</c>, <c>segm/ID.png</c> (0 background, 1 .. 24 = joint + 1) and <c>depth/ID.png</c> (16 bits, millimetres, 0 for background).
/// </summary>
/// <remarks>
/// Columns of info.csv: id, split, shape0 .. shape9, pose0 .. pose71 (axis-angle, radians, joint by joint; the root in the camera's frame), trans_x,
/// trans_y, trans_z (metres), joints3D_0_x .. joints3D_23_z (metres, camera's frame), joints2D_0_x .. joints2D_23_y (pixels) and, where it is known,
/// person (a number). The camera's frame has x to the right, y down, z forward.
/// </remarks>
public static partial class BodyImages
{
    private const string InfoName = "info.csv";
    private const string PersonColumn = "person";

    /// <summary>The encoding of the depth files: metres, NaN for background.</summary>
    public static MapEncoding Depth { get; } = new() { Scale = 0.001, Invalid = 0 };

    /// <summary>The encoding of the mask files: 25 classes.</summary>
    public static MaskEncoding Parts { get; } = new() { ClassCount = BodyParts.ClassCount };

    /// <summary>The examples of a folder, in the order of its info.csv.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="split">train or val; default null: all.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">There is no info.csv, or a picture, mask or depth file is missing.</exception>
    /// <exception cref="ImageFormatException">A column is missing, or a cell is no finite number; the message names line and column.</exception>
    public static IReadOnlyList<BodyImage> List(string root, string? split = null)
    {
        DatasetFiles.RequireFolder(root, "a folder with " + InfoName);
        var path = Path.Combine(root, InfoName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file; it tells the shape and pose of each picture.", path);
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext()) throw new ImageFormatException(path, "the file is empty; expected a header and one line per picture.");
        var header = lines.Current.Split(',');
        var (id, part) = (Column("id"), Column("split"));
        var numbers = NumberColumns.Select(Column).ToArray();
        var person = Array.IndexOf(header, PersonColumn);
        var examples = new List<BodyImage>();
        for (var line = 2; lines.MoveNext(); line++)
        {
            if (lines.Current.Length == 0) continue;
            var cells = lines.Current.Split(',');
            if (cells.Length != header.Length)
                throw new ImageFormatException(path, FormattableString.Invariant($"line {line} has {cells.Length} cells; the header has {header.Length}."));
            if (split is not null && cells[part] != split) continue;
            examples.Add(Example(cells[id], cells[part], Array.ConvertAll(numbers, column => Number(cells[column], line, header[column]))) with
            {
                Person = person < 0 ? null : Whole(cells[person], line),
            });
        }

        return examples.Count > 0 ? examples : throw new ImageFormatException(path, split is null ? "there are no lines after the header." : $"there are no lines with the split '{split}'.");

        int Column(string name) => Array.IndexOf(header, name) is >= 0 and var at ? at : throw new ImageFormatException(path, $"there is no column '{name}'.");

        float Number(string cell, int line, string column) =>
            float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
                ? value
                : throw new ImageFormatException(path, FormattableString.Invariant($"line {line}, column '{column}' is '{cell}'; expected a finite number."));

        int Whole(string cell, int line) => int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ImageFormatException(path, FormattableString.Invariant($"line {line}, column '{PersonColumn}' is '{cell}'; expected a whole number."));

        BodyImage Example(string name, string splitName, float[] values) => new(
            name,
            splitName,
            Picture("rgb", name),
            Picture("segm", name),
            Picture("depth", name),
            new BodyPose(values[..10], values[10..82], values[82..85]),
            values[85..157],
            values[157..205]);

        string Picture(string folder, string name) => DatasetFiles.Companion(Path.Combine(root, folder, name + ".png"), $"line '{name}' of {path}");
    }

    private static string[] NumberColumns { get; } =
    [
        .. Enumerable.Range(0, 10).Select(i => FormattableString.Invariant($"shape{i}")),
        .. Enumerable.Range(0, 72).Select(i => FormattableString.Invariant($"pose{i}")),
        "trans_x", "trans_y", "trans_z",
        .. Enumerable.Range(0, 72).Select(i => FormattableString.Invariant($"joints3D_{i / 3}_{"xyz"[i % 3]}")),
        .. Enumerable.Range(0, 48).Select(i => FormattableString.Invariant($"joints2D_{i / 2}_{"xy"[i % 2]}")),
    ];
}
