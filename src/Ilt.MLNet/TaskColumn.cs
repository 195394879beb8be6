namespace Ilt.MLNet;

/// <summary>What a task predicts.</summary>
public enum TaskKind
{
    /// <summary>One of several classes; the label column is a key or a boolean.</summary>
    Classification,

    /// <summary>One number, or a vector of numbers; the label column is numeric or a known-size vector of <see cref="float"/>.</summary>
    Regression,
}

/// <summary>One task and the column that holds its labels.</summary>
/// <param name="Name">The task's name; its output columns begin with it.</param>
/// <param name="LabelColumnName">The column of the labels. A missing label (key 0, NaN) leaves the row out of this task only.</param>
/// <param name="Kind">What is predicted.</param>
public sealed record TaskColumn(string Name, string LabelColumnName, TaskKind Kind)
{
    /// <summary>Factor on the task's losses before they are weighed against the other tasks'.</summary>
    /// <value>Positive; the default is 1.</value>
    public double LossScale { get; init; } = 1;

    /// <summary>A task whose label is a class.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Key or boolean column; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn Classification(string name, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.Classification);

    /// <summary>A task whose label is a number or a vector of numbers.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Number column or known-size vector of <see cref="float"/>; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn Regression(string name, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.Regression);
}
