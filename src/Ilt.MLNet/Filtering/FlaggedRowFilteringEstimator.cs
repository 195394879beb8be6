using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Leaves out the training rows whose labels were flagged as wrong, so that what comes after it in a pipeline is trained on the others. Made by
/// <c>mlContext.MultiTask.FilterFlagged</c>; stands after a <see cref="MultiTaskTrainer"/> with an id column and a detector such as <c>combined</c>.
/// </summary>
public sealed class FlaggedRowFilteringEstimator : IEstimator<FlaggedRowFilteringTransformer>
{
    private const string Suffix = "." + OutputColumns.IsFlagged;

    private readonly string[] tasks;

    internal FlaggedRowFilteringEstimator(IReadOnlyList<string> taskNames)
    {
        ArgumentNullException.ThrowIfNull(taskNames);
        if (taskNames.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A task's name is empty; name tasks of the trainer before this step, or none for all of them.", nameof(taskNames));
        tasks = [.. taskNames];
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Columns([.. inputSchema.Select(column => column.Name)], tasks, nameof(inputSchema));
        return inputSchema;
    }

    /// <summary>Checks that the columns are there.</summary>
    /// <param name="input">Rows as a <see cref="MultiTaskTransformer"/> gives them.</param>
    /// <exception cref="ArgumentException">There is no column of flags, or none of a task.</exception>
    public FlaggedRowFilteringTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new FlaggedRowFilteringTransformer(Columns([.. input.Schema.Select(column => column.Name)], tasks, nameof(input)));
    }

    internal static string[] Columns(IReadOnlyList<string> names, IReadOnlyList<string> tasks, string parameter)
    {
        var there = names.Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).ToArray();
        if (there.Length == 0)
            throw new ArgumentException($"There is no column 'TASK{Suffix}'; put FilterFlagged after a multi-task trainer with an id column ({nameof(MultiTaskTrainer.Options.IdColumnName)}).", parameter);
        var missing = tasks.FirstOrDefault(task => !there.Contains(task + Suffix));
        if (missing is not null)
            throw new ArgumentException($"There is no column '{missing}{Suffix}'; there are {string.Join(", ", there)}.", parameter);
        return tasks.Count == 0 ? there : [.. tasks.Select(task => task + Suffix)];
    }
}
