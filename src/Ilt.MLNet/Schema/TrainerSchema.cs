using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The columns a trainer was fitted on: what its transformer asks of the data it is given.</summary>
/// <param name="Features">Feature columns with their sizes, in order.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="IdColumnName">The column that names rows, or null.</param>
internal sealed record TrainerSchema(IReadOnlyList<FeatureColumn> Features, IReadOnlyList<TaskSchema> Tasks, string? IdColumnName)
{
    public int FeatureCount => Features.Sum(f => f.Size);

    /// <summary>Checks names and types, before any row is read.</summary>
    /// <param name="options">The columns wanted.</param>
    /// <param name="shape">The columns there are.</param>
    /// <param name="parameter">Name of the checked parameter, for the exception.</param>
    /// <returns>What each task's label column holds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of the wrong type.</exception>
    public static LabelKind[] Check(MultiTaskTrainer.Options options, SchemaShape shape, string parameter)
    {
        foreach (var name in options.FeatureColumnNames)
        {
            var column = Require(shape, "feature", name, parameter);
            if (column.IsKey || column.Kind == SchemaShape.Column.VectorKind.VariableVector || !column.ItemType.Equals(NumberDataViewType.Single))
                throw SchemaErrors.Mismatch("feature", name, "Single or known-size Vector<Single>", SchemaShapes.Describe(column), parameter);
        }
        if (options.IdColumnName is { } id)
            IdReader.Check(Require(shape, "id", id, parameter), parameter);
        var kinds = new LabelKind[options.Tasks.Count];
        for (var k = 0; k < kinds.Length; k++)
        {
            var task = options.Tasks[k];
            var column = Require(shape, "label", task.LabelColumnName, parameter);
            kinds[k] = LabelKinds.Of(column, task.Kind)
                ?? throw SchemaErrors.Mismatch("label", task.LabelColumnName, LabelKinds.Expected(task.Kind), SchemaShapes.Describe(column), parameter, LabelKinds.Advice(task.Kind));
        }
        return kinds;
    }

    /// <summary>Checks the schema and reads sizes and key values from it.</summary>
    public static TrainerSchema Read(MultiTaskTrainer.Options options, DataViewSchema schema)
    {
        var kinds = Check(options, SchemaShapes.Of(schema), "input");
        return new TrainerSchema(
            [.. options.FeatureColumnNames.Select(name => FeatureColumn.Read(schema[name]))],
            [.. options.Tasks.Select((task, k) => TaskSchema.Read(task, kinds[k], schema[task.LabelColumnName]))],
            options.IdColumnName);
    }

    /// <summary>Tasks that only serve to promise a schema: a shape knows neither sizes nor key values.</summary>
    public static IReadOnlyList<TaskSchema> Placeholders(MultiTaskTrainer.Options options, SchemaShape shape)
    {
        var kinds = Check(options, shape, "inputSchema");
        return [.. options.Tasks.Select((task, k) =>
        {
            var annotations = SchemaShapes.Find(shape, task.LabelColumnName)!.Value.Annotations;
            var names = kinds[k] == LabelKind.Key && SchemaShapes.Find(annotations, KeyNames.Annotation) is { } values
                ? KeyNameTypes.Find(values.ItemType)?.Placeholder()
                : null;
            IReadOnlyList<string>? slots = kinds[k] == LabelKind.Vector && SchemaShapes.Find(annotations, Annotate.SlotNames) is not null ? ["0", "1"] : null;
            return new TaskSchema(task, kinds[k], kinds[k] == LabelKind.Number ? 1 : 2, names, slots);
        })];
    }

    private static SchemaShape.Column Require(SchemaShape shape, string role, string name, string parameter)
        => SchemaShapes.Find(shape, name) ?? throw SchemaErrors.NotFound(role, name, parameter);
}
