using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The columns of one task's predictions, in the order in which they are added.</summary>
/// <param name="task">The task, from 0.</param>
/// <param name="imageSize">Size of the images; 0 x 0 for a table.</param>
/// <param name="setId">Score column set id of the task's scorer.</param>
/// <param name="prefix">Stands before the role in a column's name.</param>
internal sealed class PredictionColumns(int task, ImageSize imageSize, uint setId, string prefix)
{
    private readonly List<OutputColumn> all = [];

    public ImageSize ImageSize => imageSize;

    public IReadOnlyList<OutputColumn> All => all;

    /// <summary>Adds a column that ML.NET's evaluators recognise.</summary>
    /// <param name="role">PredictedLabel, Score or Probability.</param>
    /// <param name="type">Its type.</param>
    /// <param name="scorer">See <see cref="Annotate.Scorer"/>.</param>
    /// <param name="getter">What makes its values.</param>
    /// <param name="more">Adds annotations.</param>
    public void Add(
        string role, DataViewType type, string scorer, PredictionGetter getter, Action<DataViewSchema.Annotations.Builder>? more = null)
    {
        var builder = Annotate.Scorer(scorer, role, setId);
        more?.Invoke(builder);
        all.Add(new OutputColumn(task, role, new(prefix + role, type, builder.ToAnnotations()), getter));
    }

    /// <summary>Adds a score of several numbers, as the network gives them.</summary>
    public void AddVector(TaskSchema schema)
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, schema.Size);
        Add(OutputColumns.Score, type, "MultiOutputRegression", PredictionGetters.Vector, annotations =>
        {
            if (schema.SlotNames is not null) KeyNames.FromText(schema.SlotNames).AddTo(annotations, Annotate.SlotNames);
        });
    }

    /// <summary>Adds a column of label images: no evaluator of ML.NET knows them, so none shall take it for a scorer's.</summary>
    public void AddPlain(string role, DataViewType type, PredictionGetter getter, Action<DataViewSchema.Annotations.Builder>? more = null)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        more?.Invoke(builder);
        all.Add(new OutputColumn(task, role, new(prefix + role, type, more is null ? null : builder.ToAnnotations()), getter));
    }
}
