using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Datasets;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt list</c>: writes the table of a folder of images, which the other commands read.</summary>
internal static class ListCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "list";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Write the table of a folder of images and their labels, and say how to go on";

    private static readonly string[] Layouts = ["cityscapes", "folders", "mtan", "bodies", "surreal"];

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var layout = OptionValues.Argument("LAYOUT", "cityscapes (ROOT holds leftImg8bit, gtFine, disparity), mtan (ROOT/SPLIT/image, label, depth as .npy), folders (IMAGES MASKS [MAPS], files of equal names; MASKS may be a COCO file of annotations, or a folder of labelme files), bodies (ROOT holds info.csv, rgb, segm, depth, as ilt generate bodies makes them), surreal (ROOT holds the splits of SURREAL: SURREAL/data/cmu)");
        var roots = new Argument<string[]>("FOLDER") { Description = "The folder of the data set; for folders two or three of them", Arity = ArgumentArity.OneOrMore };
        var split = OptionValues.Text("--split", "All but folders: the split to list (default: train)", "NAME");
        var suffix = OptionValues.Text("--suffix", "folders: what the name of a mask or map has after that of its image, for example _mask (default: nothing)", "TEXT");
        var prefix = OptionValues.Text("--prefix", "folders: what the name of a mask or map has before that of its image (default: nothing)", "TEXT");
        var recursive = new Option<bool>("--recursive") { Description = "folders: search folders within too; a mask lies in the folder of the same name" };
        var output = OptionValues.Text("--out", "The table to write: id, image and label files, numbers; paths start from the folder that --images then names. surreal: the folder to fill with rgb, segm, depth and rows.csv", "FILE|DIR", required: true);
        var size = OptionValues.Text("--size", "surreal: height and width of the square cut out around a person (default: 256)", "N");
        var every = OptionValues.Text("--every", "surreal: take every Nth frame (default: 1, all)", "N");
        var run = OptionValues.Text("--run", "surreal: run0, run1 or run2 (default: all)", "NAME");
        var decoder = OptionValues.Text("--decoder", "surreal: the program that extracts frames of films where they are not extracted beside them (default: ffmpeg)", "PROGRAM");
        var skipBad = new Option<bool>("--skip-bad") { Description = "surreal: leave broken clips out and count them (default: the first one is an error)" };
        var overwrite = new Option<bool>("--overwrite") { Description = "surreal: replace rows.csv, rgb, segm and depth in a folder that is not empty" };
        var command = new Command(Name, Description) { layout, roots, split, suffix, prefix, recursive, size, every, run, decoder, skipBad, overwrite, output };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(layout);
            var folders = parse.GetRequiredValue(roots);
            if (!Layouts.Contains(name))
                throw new UserErrorException($"LAYOUT {name}: expected one of {string.Join(", ", Layouts)}.");
            var (least, most) = name == "folders" ? (2, 3) : (1, 1);
            if (folders.Length < least || folders.Length > most)
                throw new UserErrorException($"ilt list {name}: expected {(name == "folders" ? "IMAGES MASKS and perhaps MAPS" : "one folder")}, found {folders.Length} folder(s).");
            Refuse(name == "folders", parse, split);
            Refuse(name != "folders", parse, suffix, prefix);
            Refuse(name != "surreal", parse, size, every, run, decoder);
            foreach (var flag in new[] { skipBad, overwrite }.Where(flag => name != "surreal" && parse.GetValue(flag)))
                throw new UserErrorException($"{flag.Name}: does not go with this layout; leave it out.");
            if (name != "folders" && parse.GetValue(recursive))
                throw new UserErrorException($"{recursive.Name}: does not go with this layout; leave it out.");
            var target = parse.GetRequiredValue(output)!;
            var part = parse.GetValue(split) ?? "train";
            return name == "surreal"
                ? Surreal(context, folders[0], part, parse.GetValue(run), target, parse.GetValue(skipBad), parse.GetValue(overwrite), new SurrealCropOptions
                {
                    Size = parse.Whole(size, 1) ?? 256,
                    Every = parse.Whole(every, 1) ?? 1,
                    Decoder = parse.GetValue(decoder) ?? "ffmpeg",
                })
                : Run(context, name, folders, part, new FolderMatchOptions
                {
                    Prefix = parse.GetValue(prefix) ?? "", Suffix = parse.GetValue(suffix) ?? "", Recursive = parse.GetValue(recursive), Compose = UnicodeForm.Compose,
                }, target);
        });
        return command;
    }

    private static void Refuse(bool isOutOfPlace, ParseResult parse, params Option<string?>[] options)
    {
        foreach (var option in options)
        {
            if (isOutOfPlace && parse.GetValue(option) is { } text)
                throw new UserErrorException($"{option.Name} {text}: does not go with this layout; leave it out.");
        }
    }

    private static int Run(CliContext context, string layout, string[] folders, string split, FolderMatchOptions match, string outPath)
    {
        using var held = OutputFile.Take(outPath, "--out", folders);
        var listing = Listed(() => layout switch
        {
            "cityscapes" => ImageListings.Cityscapes(folders[0], split),
            "mtan" => ImageListings.Mtan(folders[0], split),
            "bodies" => BodyListings.Bodies(folders[0], split),
            _ => ImageListings.Folders(folders, match, outPath, context.Cancellation),
        });
        var columns = listing.UsedColumns();
        if (File.Exists(outPath) && listing.Files().FirstOrDefault(file => Place.AreSame(file, outPath)) is { } listed)
            throw new UserErrorException($"--out {outPath}: is one of the files of the data set ({listed}); name another, so that it is not lost.");
        CsvOutput.Write(outPath, [.. columns.Select(c => listing.Header[c])], listing.Rows.Select(row => listing.Cells(row, columns)));
        Report(context, listing, columns, outPath);
        return ExitCodes.Done;
    }

    private static int Surreal(CliContext context, string root, string split, string? run, string folder, bool skipBad, bool overwrite, SurrealCropOptions options)
    {
        OutputFolder.RequireFree(folder, "--out", overwrite, BodyListings.Entries, root);
        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"--size {options.Size}: {e.Message}", e);
        }

        var (listing, columns) = Listed(() => BodyListings.Surreal(context, root, split, run, folder, options, skipBad));
        Report(context, listing, columns, Path.Combine(folder, BodyListings.TableName));
        return ExitCodes.Done;
    }

    private static T Listed<T>(Func<T> list)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException(e.Message, e);
        }
    }

    private static void Report(CliContext context, Listing listing, int[] columns, string path)
    {
        string[] names = [.. columns.Select(c => listing.Header[c])];
        context.Out.WriteLine(FormattableString.Invariant($"{listing.Count} rows with the columns {NumberedNames.Joined(names)}; paths start from {listing.Root}"));
        foreach (var note in listing.Notes)
            context.Out.WriteLine($"note: {note}");
        context.Out.WriteLine($"written: {path}");
        var tasks = listing.Tasks.Where(task => names.Contains(task.Column)).Select(task => $" --task {task.Task}");
        context.Out.WriteLine($"next: ilt flag {ShellWords.Quoted(path)} --id id --image image --images {ShellWords.Quoted(listing.Root)}{string.Concat(tasks)}{listing.Options}");
        if (listing.More is { } more)
            context.Out.WriteLine(more);
    }
}
