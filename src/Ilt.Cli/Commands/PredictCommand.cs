using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

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
        var images = ModelImages.Of(model, table, imageFolder, pixelFolder);
        var inputs = new NamedFiles(table, imageFolder ?? ".");
        inputs.RequireOther(outPath, "--out");
        var predictions = model.Predict(table, images);
        var pixelsTo = pixelFolder ?? Path.ChangeExtension(outPath, null) + "-pixels";
        var files = images is null ? null : new PixelFiles(pixelsTo, Path.GetDirectoryName(Path.GetFullPath(outPath))!, ids.Ids, images, inputs);
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
}
