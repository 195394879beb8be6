using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>What the images of a run are, after a look at every file's head.</summary>
/// <param name="Options">The options.</param>
/// <param name="Size">The size trained on.</param>
/// <param name="AreArrays">Whether images are NumPy arrays.</param>
/// <param name="Channels">Bytes per pixel.</param>
/// <param name="Skipped">What was wrong with the rows left out; empty unless bad rows are skipped.</param>
internal sealed record ImagePlan(ImageOptions Options, ImageSize Size, bool AreArrays, int Channels, IReadOnlyList<string> Skipped)
{
    /// <summary>The classes of mask tasks by the tasks' names, where they have been looked for in the files.</summary>
    public IReadOnlyDictionary<string, MaskClasses> Masks { get; init; } = new Dictionary<string, MaskClasses>();

    /// <summary>The classes of a mask task.</summary>
    public MaskClasses ClassesOf(string task) => Masks.GetValueOrDefault(task) ?? MaskClasses.Of(Options.Classes);

    /// <summary>The image files of a table by row, without a look at whether they exist.</summary>
    public string[] PathsOf(Table table) => PathsOf(table, Options.Column, Options.Folder, "--image");

    /// <summary>The files that a column names, below a folder; empty where a cell is.</summary>
    public static string[] PathsOf(Table table, string columnName, string folder, string role)
    {
        var column = table.Column(columnName, role);
        return Enumerable.Range(0, table.RowCount).Select(row => column.IsMissing(row) ? "" : Path.Combine(folder, column.Text(row))).ToArray();
    }
}

/// <summary>
/// Looks at the head of every image and label image before anything is decoded: files that are absent or cut short, label images of another
/// size than their image, images smaller than the crop.
/// </summary>
internal sealed class ImageCheck(ImageOptions options, CancellationToken cancellation)
{
    private readonly List<string> skipped = [];
    private ImageFile? first;
    private bool areArrays;

    /// <summary>The rows that can be used; a bad one is a <see cref="UserErrorException"/>, or left out where bad rows are skipped.</summary>
    public int[] Check(Table table, IReadOnlyList<TaskLabel> labels, int[] rows, string role)
    {
        var column = table.Column(options.Column, role);
        var files = labels.Where(label => label.ReadsFiles).ToArray();
        var good = new List<int>(rows.Length);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if ((labels.Select(label => label.Problem(row)).FirstOrDefault(p => p is not null) ?? Problem(column, files, row)) is not { } problem)
                good.Add(row);
            else if (options.OnBadRow == MLNet.OnBadRow.Fail)
                throw new UserErrorException($"{problem} Mend the row, or leave such rows out with --on-bad-row skip.");
            else
                skipped.Add(problem);
        }

        return good.Count > 0
            ? [.. good]
            : throw new UserErrorException($"{role}: no row of {table.Source.Path} can be used; all {rows.Length} were skipped, the first because: {skipped[^rows.Length]}");
    }

    /// <summary>What was found.</summary>
    public ImagePlan Finish()
    {
        var first = this.first!.Value;
        var size = options.Size ?? first.Size;
        if (options.Size is not null && options.Augmentation?.Crop is { } crop && !Holds(size, crop))
            throw new UserErrorException($"--crop {crop}: is larger than --size {size}; give a smaller crop or a larger size.");
        return new ImagePlan(options, size, areArrays, first.Channels, skipped);
    }

    private string? Problem(TableColumn column, TaskLabel[] labels, int row)
    {
        if (column.IsMissing(row))
            return $"{column.Where(row)}: the cell is empty, and a row needs an image.";
        var path = Path.Combine(options.Folder, column.Text(row));
        if (Head(column, row, path, out var image) is { } problem)
            return problem;
        RequireAlike(column, row, path, image);
        if (options.Size is null && options.Augmentation?.Crop is { } crop && !Holds(image.Size, crop))
            return $"{column.Where(row)}: {path} has {image.Size} pixels (height x width), less than --crop {crop}.";
        foreach (var label in labels.Where(label => label.IsLabelled(row)))
        {
            if (LabelProblem(label, row, path, image) is { } wrong)
                return wrong;
        }

        return null;
    }

    private string? LabelProblem(TaskLabel label, int row, string imagePath, ImageFile image)
    {
        var path = label.PathOf(row, options.LabelFolder);
        var column = label.Columns[0];
        if (Head(column, row, path, out var file) is { } problem)
            return problem;
        if (label.Spec.Syntax.FormatProblem(path, options) is { } unfit)
            return $"{column.Where(row)}: {unfit}";
        if (file.Size != image.Size)
        {
            // Drawn by a program that shows pictures as their files hold them.
            var turned = image.Orientation != PictureOrientation.Upright && file.Size == image.Stored
                ? $" The picture is turned as its Exif orientation ({(int)image.Orientation}) says, and the {label.Spec.KindName} fits the picture as it was before: turn the {label.Spec.KindName} too, or take the orientation out of the picture (exiftool -Orientation=)." : "";
            return $"{column.Where(row)}: {path} has {file.Size} pixels (height x width), its image {imagePath} has {image.Size}; both must show the same pixels.{turned}";
        }
        return null;
    }

    private static string? Head(TableColumn column, int row, string path, out ImageFile file)
    {
        try
        {
            file = ImageFile.Read(path);
            return null;
        }
        catch (ImageFormatException e)
        {
            file = default;
            return $"{column.Where(row)}: {e.Message}";
        }
    }

    // Not a matter of one row, so it is never skipped.
    private void RequireAlike(TableColumn column, int row, string path, ImageFile image)
    {
        var isArray = ImageFile.IsArray(path);
        if (this.first is not { } first)
        {
            (this.first, areArrays) = (image, isArray);
            return;
        }

        if (isArray != areArrays || (isArray && image.Channels != first.Channels))
            throw new UserErrorException($"{column.Where(row)}: {path} is {Kind(isArray, image)}, the images before are {Kind(areArrays, first)}; give images of one kind.");
        if (options.Size is null && image.Size != first.Size)
            throw new UserErrorException($"{column.Where(row)}: {path} has {image.Size} pixels (height x width), the images before have {first.Size}; say to which size all shall be resized, for example --size {first.Size}.");
    }

    private static string Kind(bool isArray, ImageFile file) => isArray ? FormattableString.Invariant($"NumPy arrays of {file.Channels} channel(s)") : "pictures";

    private static bool Holds(ImageSize size, ImageSize crop) => size.Height >= crop.Height && size.Width >= crop.Width;
}
