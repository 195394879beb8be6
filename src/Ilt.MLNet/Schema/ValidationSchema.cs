using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Checks that a validation view means the same by its columns as the training view.</summary>
internal static class ValidationSchema
{
    /// <exception cref="ArgumentException">A column is absent, of another type, or its key has other values.</exception>
    public static void Check(MultiTaskTrainer.Options options, TrainerSchema training, DataViewSchema schema)
    {
        const string parameter = nameof(MultiTaskTrainer.Options.Validation);
        var bindings = TrainerSchema.Check(options with { IdColumnName = null }, SchemaShapes.Of(schema), parameter);
        foreach (var feature in training.Features) feature.Require(schema, parameter);
        training.Image?.Require(schema, parameter);
        if (training.Image is { } image) TrainerSchema.FitLabels(options.Tasks, image, schema, parameter);
        for (var k = 0; k < bindings.Length; k++)
        {
            var task = training.Tasks[k];
            // The kind of a label image is that of the task, and its size was checked above; derived labels come from the others.
            if (task.Binding.IsPerPixel || !task.Binding.HasColumn) continue;
            var column = schema[task.Task.LabelColumnName];
            var other = bindings[k].Read(task.Task, schema);
            if (bindings[k] != task.Binding || other.Size != task.Size)
                throw SchemaErrors.Mismatch("label", column.Name, $"the training data's type ({task.Binding.Name} of size {task.Size})", $"{column.Type}", parameter);
            for (var i = 0; task.Names is not null && other.Names is not null && i < task.Size; i++)
                if (task.Names.Text(i) != other.Names.Text(i))
                    throw new ArgumentException($"Label column '{column.Name}' of the validation data: key {i + 1} is '{other.Names.Text(i)}', but '{task.Names.Text(i)}' in the training data. Map both with one fitted pipeline.", parameter);
        }
    }
}
