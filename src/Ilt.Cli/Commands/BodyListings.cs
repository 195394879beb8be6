using Ilt.Bodies;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Datasets;

namespace Ilt.Cli.Commands;

/// <summary>Lists data sets of people: image, part mask, depth, shape, and pose as six numbers per joint.</summary>
internal static class BodyListings
{
    private static readonly string[] Paths = ["image", "mask", "depth"];
    private static readonly string[] PoseColumns = [.. Enumerable.Range(0, 6 * BodyParts.JointCount).Select(i => FormattableString.Invariant($"pose_{i}"))];

    private static readonly (string, string)[] Tasks = [("mask", "mask=mask:mask"), ("shape_0", "shape=regression:shape_*"), ("pose_0", "pose=regression:pose_*")];

    // Depth is no task of its own by default, but read so where it is made one.
    private const string Options = " --classes-map parts25 --map-scale 0.001 --map-invalid 0";
    private const string More = "with a body model add: --task surface=vertices:shape,pose --body MODEL.npz";

    /// <summary>The folder's table of SURREAL.</summary>
    public const string TableName = "rows.csv";

    /// <summary>What <see cref="Surreal"/> makes in its folder.</summary>
    public static IReadOnlyList<string> Entries { get; } = [TableName, "rgb", "segm", "depth"];

    /// <summary>A folder that <c>ilt generate bodies</c> made.</summary>
    public static Listing Bodies(string root, string split)
    {
        var images = BodyImages.List(root, split);
        // A body model with fewer coefficients leaves zeros at the end.
        var shapes = Math.Max(1, images.Max(image => Array.FindLastIndex(image.Body.Shape, number => number != 0) + 1));
        return new Listing(
            root, ["id", "split", "person", .. Paths, .. ShapeColumns(shapes), .. PoseColumns, "trans_x", "trans_y", "trans_z"], images.Count,
            images.Select(image => (string?[])[
                image.Id, image.Split, image.Person is { } person ? FormattableString.Invariant($"{person}") : null, image.ImagePath, image.MaskPath, image.DepthPath,
                .. Texts(image.Body.Shape.AsSpan(0, shapes)), .. Texts(Rotations.AxisAnglesToSix(image.Body.AxisAngles)), .. Texts(image.Body.Translation)]),
            Paths, Tasks, Options) { More = More };
    }

    /// <summary>Cuts people out of SURREAL's frames into a folder, table and all.</summary>
    public static (Listing Listing, int[] Columns) Surreal(CliContext context, string root, string split, string? run, string folder, SurrealCropOptions options, bool skipBad)
    {
        var clips = SurrealDataset.List(root, split, run);
        context.Out.WriteLine(FormattableString.Invariant($"{clips.Count} clip(s) of {split}; {(options.Every == 1 ? "every frame" : FormattableString.Invariant($"one frame in {options.Every}"))} is cut to {options.Size} x {options.Size} pixels around the person"));
        var problems = new List<string>();
        var empty = 0;
        var (result, _) = CountDisplay.Show(context, "clips", clips.Count, onClip => OutputFolder.Write(folder, Entries, target =>
        {
            var found = new List<SurrealCrop>();
            foreach (var clip in clips)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (Cut(clip, target) is { } ofClip)
                    found.AddRange(ofClip);
                onClip();
            }

            if (found.Count == 0)
                throw new UserErrorException($"{root}: no frame of {split} shows a person that could be cut out{(problems.Count > 0 ? $"; {problems.Count} broken clip(s), the first because: {problems[0]}" : ".")}");
            var table = Listed(target, split, found);
            var columns = table.UsedColumns();
            CsvOutput.Write(Path.Combine(target, TableName), [.. columns.Select(c => table.Header[c])], table.Rows.Select(row => table.Cells(row, columns)));
            return (table, columns);
        }));
        if (problems.Count > 0)
            context.Out.WriteLine($"{problems.Count} broken clip(s) skipped, the first because: {problems[0]}");
        if (empty > 0)
            context.Out.WriteLine(FormattableString.Invariant($"{empty} frame(s) without a person skipped"));
        return (result.table with { Root = folder }, result.columns);

        IReadOnlyList<SurrealCrop>? Cut(SurrealClip clip, string target)
        {
            try
            {
                var (ofClip, without) = SurrealCrops.Write(clip, target, options, context.Cancellation);
                empty += without;
                return ofClip;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
            {
                problems.Add(UserErrorException.OneLine(e.Message));
                if (!skipBad)
                    throw new UserErrorException($"clip {clip.Id}: {e.Message} Mend the clip, or leave such clips out with --skip-bad.", e);
                foreach (var kind in Entries.Skip(1).Select(kind => Path.Combine(target, kind, clip.Id)).Where(Directory.Exists))
                    Directory.Delete(kind, recursive: true);
                return null;
            }
        }
    }

    private static Listing Listed(string folder, string split, IReadOnlyList<SurrealCrop> crops) => new(
        folder, ["id", "split", "sequence", "gender", .. Paths, .. ShapeColumns(BodyModel.UsualShapeCount), .. PoseColumns], crops.Count,
        crops.Select(crop => (string?[])[
            crop.Id, split, crop.Sequence, crop.Male is { } male ? male ? "male" : "female" : null, crop.ImagePath, crop.MaskPath, crop.DepthPath,
            .. Texts(crop.Shape), .. Texts(Rotations.AxisAnglesToSix(crop.AxisAngles))]),
        Paths, Tasks, Options) { More = More };

    private static IEnumerable<string> ShapeColumns(int count) => Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"shape_{i}"));

    // Six decimals are finer than any label; adding 0 turns -0 into 0.
    private static IEnumerable<string> Texts(ReadOnlySpan<float> numbers)
    {
        var texts = new string[numbers.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Numbers.Format(MathF.Round(numbers[i], 6) + 0f);
        return texts;
    }
}
