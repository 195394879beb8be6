using Ilt.MLNet;
using Ilt.Reports;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>What <c>ilt flag</c> learned.</summary>
/// <param name="Ml">The context the pipeline belongs to.</param>
/// <param name="Fitted">The trained transformer: history, metrics, warnings.</param>
/// <param name="Pipeline">Feature steps and trained transformer, from the table's columns to predictions.</param>
/// <param name="InputSchema">The columns that the pipeline reads: features, and the id where one was named.</param>
/// <param name="TrainingView">The training rows, with the columns that the trainer saw.</param>
/// <param name="ReadRows">Reads the noise scores, by task and then by rank, up to a rank: for a large table they are many, and nobody needs to hold them all.</param>
internal sealed record FlagResult(
    MLContext Ml, MultiTaskTransformer Fitted, TransformerChain<ITransformer> Pipeline, DataViewSchema InputSchema, IDataView TrainingView, Func<int, IEnumerable<ScoredRow>> ReadRows) : IDisposable
{
    /// <summary>The noise scores, by task and then by rank; read anew each time.</summary>
    public IEnumerable<ScoredRow> Rows => ReadRows(int.MaxValue);

    /// <summary>What was found beside wrong labels; null: nobody has looked.</summary>
    public IReadOnlyList<ReportFinding>? Findings { get; init; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Pipeline.Dispose();
}
