using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt predict</c>: the predictions of a saved model for the rows of a table.</summary>
internal static class PredictCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "predict";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Predict all tasks for the rows of a table; tasks of the kind vertices follow from shape and pose and are left out";

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var model = OptionValues.Argument("MODEL", "A model.zip that ilt flag wrote");
        var data = OptionValues.Argument("DATA", "Table with the feature columns the model was trained on, written as there; labels are not needed");
        var id = OptionValues.Text("--id", "Column that names the rows (default: that of the training table if each row has its own there, else the number of the data row)", "COLUMN");
        var output = OptionValues.Text("--out", "The predictions to write: id, then one or more columns per task", "FILE", required: true);
        var images = OptionValues.Text("--images", "Folder of the pictures, for a model of images (default: the current one)", "DIR");
        var pixels = OptionValues.Text("--pixels", "Folder for predicted masks (.png, with the numbers or colours of the masks trained on) and maps (.npy), in the size of each image (default: that of --out, -pixels in place of the extension)", "DIR");
        var csvSafe = CsvSafe.Option();
        var command = new Command(Name, Description) { model, data, id, images, pixels, output, csvSafe };
        command.SetAction(parse => Run(
            context, parse.GetRequiredValue(model), parse.GetRequiredValue(data), parse.GetValue(id), parse.GetRequiredValue(output)!, parse.GetValue(images), parse.GetValue(pixels), parse.GetValue(csvSafe)));
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, string modelPath, string dataPath, string? idColumn, string outPath, string? imageFolder = null, string? pixelFolder = null, bool isCsvSafe = false)
    {
        using var held = OutputFile.Take(outPath, "--out", dataPath, modelPath);
        using var model = SavedModel.Load(modelPath);
        var table = TableReader.Read(dataPath, known: model.Reading?.Reading);
        var (ids, note) = idColumn is null ? RowIds.ReadOrNumber(table, model.IdColumn) : (RowIds.Read(table, idColumn), null);
        var images = Images(model, table, imageFolder, pixelFolder);
        var inputs = new NamedFiles(table, imageFolder ?? ".");
        inputs.RequireOther(outPath, "--out");
        var predictions = model.Predict(table, images);
        var pixelsTo = pixelFolder ?? Path.ChangeExtension(outPath, null) + "-pixels";
        var files = images is null ? null : new PixelFiles(pixelsTo, outPath, ids.Ids, images, inputs);
        var tasks = model.Tasks.Select(task => PredictionColumns.Create(predictions.Schema, task, files)).ToArray();
        string[] header = ["id", .. tasks.SelectMany(t => t.Header)];
        if (header.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"MODEL {modelPath}: two columns of the predictions would be called '{twice.Key}' (columns are id, the tasks, and TASK.CLASS or TASK.COLUMN); train again with other task names.");

        CsvOutput.Write(outPath, header, Rows(), isCsvSafe);
        if (note is not null)
            context.Out.WriteLine($"note: {note}");
        foreach (var unseen in model.Reading?.UnseenNotes(table) ?? [])
            context.Out.WriteLine($"note: {unseen}");
        context.Out.WriteLine(FormattableString.Invariant($"{table.RowCount} rows, tasks {string.Join(", ", model.Tasks)}"));
        context.Out.WriteLine($"written: {outPath}{(files is { Count: > 0 } ? FormattableString.Invariant($", {files.Count} files in {files.Folder}") : "")}");
        return ExitCodes.Done;

        IEnumerable<IReadOnlyList<string>> Rows()
        {
            using var cursor = predictions.GetRowCursor(tasks.SelectMany(t => t.Sources));
            var readers = tasks.Select(t => t.CreateReader(cursor)).ToArray();
            while (cursor.MoveNext())
            {
                context.Cancellation.ThrowIfCancellationRequested();
                yield return [ids.Ids[(int)cursor.Position], .. readers.SelectMany(read => read())];
            }
        }
    }

    private static string Kind(int? channels) => channels is { } count ? FormattableString.Invariant($"NumPy arrays of {count} channel(s)") : "pictures";

    /// <summary>The image files by row, whose heads have been looked at; null for a model of feature columns.</summary>
    private static string[]? Images(SavedModel model, Table table, string? folder, string? pixelFolder)
    {
        if (model.ImageColumn is not { } name)
        {
            if ((folder ?? pixelFolder) is not null)
                throw new UserErrorException($"{(folder is null ? "--pixels" : "--images")}: the model was trained on the columns of a table, not on images; leave it out.");
            return null;
        }

        if (folder is not null && !Directory.Exists(folder))
            throw new UserErrorException($"--images {folder}: there is no such folder; check the path.");
        if (pixelFolder is not null && Place.AreSame(pixelFolder, folder ?? "."))
            throw new UserErrorException($"--pixels {pixelFolder}: is the folder of the pictures that are read; name another, so that none is lost.");
        var column = table.Column(name, "the model needs the column that names the images");
        var paths = ImagePlan.PathsOf(table, name, folder ?? ".", "--images");
        for (var row = 0; row < paths.Length; row++)
        {
            if (paths[row].Length == 0)
                throw new UserErrorException($"{column.Where(row)}: the cell is empty, and a row needs an image; name one, or leave the row out.");
            ImageFile image;
            try
            {
                image = ImageFile.Read(paths[row]);
            }
            catch (ImageFormatException e)
            {
                throw new UserErrorException($"{column.Where(row)}: {e.Message} Mend the row, or leave it out.", e);
            }

            var isArray = ImageFile.IsArray(paths[row]);
            if (isArray != (model.ArrayChannels is not null) || (isArray && image.Channels != model.ArrayChannels))
                throw new UserErrorException(FormattableString.Invariant(
                    $"{column.Where(row)}: {paths[row]} is {Kind(isArray ? image.Channels : null)}, and the model was trained on {Kind(model.ArrayChannels)}; give it images of that kind."));
        }

        return paths;
    }
}
