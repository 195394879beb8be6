using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Reports;
using Ilt.Imaging;

namespace Ilt.Cli.Output;

/// <summary>What a run has written.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Regions">The parts of label images that do not fit.</param>
/// <param name="Pictures">How many pictures of bodies.</param>
/// <param name="Record">The record of the run.</param>
/// <param name="Problem">Why there are fewer pictures than there should be; null: there are all.</param>
internal sealed record FlagFiles(string Folder, IReadOnlyList<RegionRow> Regions, int Pictures, RunRecord Record, string? Problem)
{
    /// <summary>Writes the files of a run, all together.</summary>
    /// <exception cref="UserErrorException">They cannot be written; what was there stays.</exception>
    public static FlagFiles Write(FlagOptions options, FlagData data, FlagResult result, DateTime started, RunCost cost, CancellationToken cancellation)
    {
        var place = ResultSet.PlaceOf(options.Out, result.Fitted.IsComplete);
        return ResultSet.Write(place, folder =>
        {
            var inFolder = options with { Out = folder };
            using (var scores = new ScoreCursor(data, result.Fitted.NoiseScores))
                NoiseScoresCsv.Write(Path.Combine(folder, NoiseScoresCsv.FileName), scores, options.CsvSafe);
            AtomicFile.Write(Path.Combine(folder, SavedModel.FileName), stream => SavedModel.Write(stream, result, data));
            // Scores and model are hours of work; a picture that cannot be drawn must not cost them.
            IReadOnlyList<RegionRow> regions = [];
            var (pictures, problem) = (0, (string?)null);
            try
            {
                regions = RegionFiles.Write(inFolder, data, result, cancellation);
                pictures = BodyPictureFiles.Write(inFolder, data, result, cancellation);
            }
            catch (Exception e) when (e is ImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException or UserErrorException)
            {
                problem = $"not all pictures could be drawn ({UserErrorException.OneLine(e.Message).TrimEnd('.')}); scores and model are not touched by it";
            }

            var record = RunRecords.Create(options, data, result, started) with { Cost = cost };
            if (options.IsAudit)
                ReportFiles.Write(ReportBuilder.Build(folder, record, [.. result.Rows], new ReportData(data.Table, data.Ids.Ids, Environment.CurrentDirectory), CancellationToken.None), folder);
            record.Write(Path.Combine(folder, RunRecord.FileName));
            return new FlagFiles(place, regions, pictures, record, problem);
        });
    }
}
