using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Microsoft.ML;

namespace Ilt.Cli.Fixing;

/// <summary>Label images that the network of a run suggests: what it predicts of a picture, written as the label files of the run are.</summary>
internal sealed class SuggestedFiles : IDisposable
{
    private readonly SavedModel model;
    private readonly IDataView predictions;
    private readonly PixelFiles files;
    private readonly CancellationToken cancellation;
    private readonly List<DataViewRowCursor> cursors = [];

    private SuggestedFiles(SavedModel model, IDataView predictions, PixelFiles files, CancellationToken cancellation)
    {
        this.model = model;
        this.predictions = predictions;
        this.files = files;
        this.cancellation = cancellation;
    }

    /// <summary>Files written, and where.</summary>
    public (int Count, string Folder) Written => (files.Count, files.Folder);

    /// <summary>Opens the model of a run on images; no picture is decoded before a file is asked for.</summary>
    /// <exception cref="UserErrorException">The model or a picture is not there.</exception>
    public static SuggestedFiles Open(RecordedRun run, Table table, RowIds ids, string folder, CancellationToken cancellation)
    {
        var images = run.Images!;
        var model = SavedModel.Load(Path.Combine(run.Folder, SavedModel.FileName));
        try
        {
            var paths = ModelImages.Of(model, table, images.Folder, folder)!;
            var files = new PixelFiles(folder, images.LabelFolder, ids.Ids, paths, new NamedFiles(table, images.LabelFolder))
            {
                MapNumber = images is { MapScale: 1, MapOffset: 0 } ? null : value => (float)((value - images.MapOffset) / images.MapScale),
            };
            return new SuggestedFiles(model, model.Predict(table, paths), files, cancellation);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes the label image that is suggested for a row, and gives its path from the folder of label files. Rows are asked for in ascending order.</summary>
    public Func<int, string> Of(string task)
    {
        var columns = PredictionColumns.Create(predictions.Schema, task, files);
        var cursor = predictions.GetRowCursor(columns.Sources);
        cursors.Add(cursor);
        var read = columns.CreateReader(cursor);
        return row =>
        {
            cancellation.ThrowIfCancellationRequested();
            while (cursor.Position < row && cursor.MoveNext()) { }
            return read().Single();
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cursors.ForEach(cursor => cursor.Dispose());
        model.Dispose();
    }
}
