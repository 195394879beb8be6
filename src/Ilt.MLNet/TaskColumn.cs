using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What a task predicts.</summary>
public enum TaskKind
{
    /// <summary>One of several classes; the label column is a key or a boolean.</summary>
    Classification,

    /// <summary>One number, or a vector of numbers; the label column is numeric or a known-size vector of <see cref="float"/>.</summary>
    Regression,

    /// <summary>One of several classes per pixel; the label column is a vector of <see cref="byte"/> with the dimensions [height, width].</summary>
    PixelClassification,

    /// <summary>One number per pixel; the label column is a vector of <see cref="float"/> with the dimensions [height, width].</summary>
    PixelRegression,
}

/// <summary>One task and the column that holds its labels.</summary>
/// <param name="Name">The task's name; its output columns begin with it.</param>
/// <param name="LabelColumnName">
/// The column of the labels. A missing label (key 0, NaN, a mask of 255 only, a map of NaN only) leaves the row out of this task only.
/// </param>
/// <param name="Kind">What is predicted.</param>
public sealed record TaskColumn(string Name, string LabelColumnName, TaskKind Kind)
{
    /// <summary>Factor on the task's losses before they are weighed against the other tasks'.</summary>
    /// <value>Positive; the default is 1.</value>
    public double LossScale { get; init; } = 1;

    /// <summary>Classes of a <see cref="TaskKind.PixelClassification"/>; ids run from 0. A mask with another id (but 255) is a bad row.</summary>
    /// <value>2 to 255; the default is null: the highest id in the training masks, plus 1.</value>
    public int? ClassCount { get; init; }

    /// <summary>Squared or absolute error of a <see cref="TaskKind.PixelRegression"/>.</summary>
    /// <value>The default is <see cref="PixelLoss.Squared"/>.</value>
    public PixelLoss PixelLoss { get; init; }

    internal bool IsPerPixel => Kind is TaskKind.PixelClassification or TaskKind.PixelRegression;

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

    /// <summary>A task whose label is a mask: a class id per pixel, 255 where a pixel has none. Needs an image column.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="classCount">Number of classes, 2 to 255; null: counted from the training masks.</param>
    /// <param name="labelColumnName">Vector of <see cref="byte"/> [height, width], as <c>LoadMasks</c> gives it; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn PixelClassification(string name, int? classCount = null, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.PixelClassification) { ClassCount = classCount };

    /// <summary>A task whose label is a map: a number per pixel, NaN where a pixel has none. Needs an image column.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Vector of <see cref="float"/> [height, width], as <c>LoadMaps</c> gives it; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn PixelRegression(string name, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.PixelRegression);

    /// <exception cref="ArgumentException">A name is missing or a number out of its range.</exception>
    internal void Validate(string option)
    {
        if (string.IsNullOrWhiteSpace(Name) || string.IsNullOrEmpty(LabelColumnName))
            throw new ArgumentException($"Task '{Name}' with label column '{LabelColumnName}': both names must be given.", option);
        if (!Enum.IsDefined(Kind))
            throw new ArgumentOutOfRangeException(option, Kind, $"Task '{Name}': the kind must be Classification, Regression, PixelClassification or PixelRegression.");
        if (!(LossScale > 0) || double.IsInfinity(LossScale))
            throw new ArgumentOutOfRangeException(option, LossScale, $"Task '{Name}': {nameof(LossScale)} must be a positive number.");
        if (ClassCount is not null && Kind != TaskKind.PixelClassification)
            throw new ArgumentException($"Task '{Name}': {nameof(ClassCount)} is for PixelClassification; the classes of a key or boolean column are known.", option);
        if (ClassCount is < 2 or > PixelClassificationTask.Ignored)
            throw new ArgumentOutOfRangeException(option, ClassCount, $"Task '{Name}': {nameof(ClassCount)} must be 2 to {PixelClassificationTask.Ignored}, or null.");
        if (!Enum.IsDefined(PixelLoss))
            throw new ArgumentOutOfRangeException(option, PixelLoss, $"Task '{Name}': {nameof(PixelLoss)} must be Squared or Absolute.");
    }
}
