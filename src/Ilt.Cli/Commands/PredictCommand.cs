using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt predict</c>: the predictions of a saved model for the rows of a table.</summary>
internal static class PredictCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var model = OptionValues.Argument("MODEL", "A model.zip that ilt flag wrote");
        var data = OptionValues.Argument("DATA", "Table with the feature columns the model was trained on; labels are not needed");
        var id = OptionValues.Text("--id", "Column that names the rows (default: that of the training table if each row has its own there, else the number of the data row)", "COLUMN");
        var output = OptionValues.Text("--out", "The predictions to write: id, then one or more columns per task", "FILE", required: true);
        var command = new Command("predict", "Predict all tasks for the rows of a table") { model, data, id, output };
        command.SetAction(parse => Run(
            context, parse.GetRequiredValue(model), parse.GetRequiredValue(data), parse.GetValue(id), parse.GetRequiredValue(output)!));
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, string modelPath, string dataPath, string? idColumn, string outPath)
    {
        AtomicFile.RequireWritable(outPath, "--out");
        AtomicFile.RequireOther(outPath, "--out", dataPath);
        AtomicFile.RequireOther(outPath, "--out", modelPath);
        using var model = SavedModel.Load(modelPath);
        var table = TableReader.Read(dataPath);
        var (ids, note) = idColumn is null ? RowIds.ReadOrNumber(table, model.IdColumn) : (RowIds.Read(table, idColumn), null);
        var predictions = model.Predict(table);
        var tasks = model.Tasks.Select(task => PredictionColumns.Create(predictions.Schema, task)).ToArray();
        string[] header = ["id", .. tasks.SelectMany(t => t.Header)];
        if (header.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"MODEL {modelPath}: two columns of the predictions would be called '{twice.Key}' (columns are id, the tasks, and TASK.CLASS or TASK.COLUMN); train again with other task names.");

        CsvOutput.Write(outPath, header, Rows());
        if (note is not null)
            context.Out.WriteLine($"note: {note}");
        context.Out.WriteLine(FormattableString.Invariant($"{table.RowCount} rows, tasks {string.Join(", ", model.Tasks)}"));
        context.Out.WriteLine($"written: {outPath}");
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
