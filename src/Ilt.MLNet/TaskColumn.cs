using Ilt.Bodies;
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

    /// <summary>Numbers that are computed from what other tasks predict; there is no label column.</summary>
    Derived,

    /// <summary>A whole number from 0; the label column is numeric.</summary>
    Count,
}

/// <summary>One task and the column that holds its labels; a derived task has none.</summary>
/// <param name="Name">The task's name; its output columns begin with it.</param>
/// <param name="LabelColumnName">
/// The column of the labels. A missing label (key 0, NaN, a mask of 255 only, a map of NaN only) leaves the row out of this task only, and of
/// those derived from it. Empty for a derived task.
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

    /// <summary>
    /// What stands for each class of a <see cref="TaskKind.PixelClassification"/> in the files that its masks come from: numbers, colours, names. The
    /// model keeps it, in the annotation ClassValues of the predicted masks, for whoever writes them as files again.
    /// </summary>
    /// <value>As many as <see cref="ClassCount"/>, which has to be set with it; the default is null: the classes are their own numbers.</value>
    public IReadOnlyList<string>? ClassValues { get; init; }

    /// <summary>Squared or absolute error of a <see cref="TaskKind.PixelRegression"/>.</summary>
    /// <value>The default is <see cref="PixelLoss.Squared"/>.</value>
    public PixelLoss PixelLoss { get; init; }

    /// <summary>The scale on which a <see cref="TaskKind.Regression"/> is learned.</summary>
    /// <value>
    /// The default is null: <see cref="TargetScale.Common"/> where the task is shape or pose of a <see cref="Torch.BodySurface"/> or its loss is
    /// taken between rotation matrices, else <see cref="TargetScale.Bent"/>.
    /// </value>
    public TargetScale? Scale { get; init; }

    /// <summary>Between what the squared error of a <see cref="TaskKind.Regression"/> is taken.</summary>
    /// <value>
    /// The default is <see cref="RegressionLoss.Squared"/>. <see cref="RegressionLoss.RotationMatrices"/> asks for labels of six numbers per
    /// rotation, and for <see cref="TargetScale.Common"/>.
    /// </value>
    public RegressionLoss RegressionLoss { get; init; }

    /// <summary>What computes a <see cref="TaskKind.Derived"/> task.</summary>
    /// <value>The default is null, for every other kind.</value>
    public TaskDerivation? Derivation { get; init; }

    /// <summary>Names of the tasks, not the columns, that a <see cref="TaskKind.Derived"/> task is computed from, in the order of the computation.</summary>
    /// <value>The default is none, for every other kind.</value>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>A binding that knows what is said of the kind.</summary>
    internal TaskBinding Binding => TaskBindings.Find(Kind) ?? throw new InvalidOperationException($"Task '{Name}' is of the unknown kind {Kind}.");

    internal bool IsPerPixel => Binding.IsPerPixel;

    /// <summary>A task whose label is a class.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Key or boolean column; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn Classification(string name, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.Classification);

    /// <summary>A task whose label is a number or a vector of numbers.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Number column or known-size vector of <see cref="float"/>; null: the same as <paramref name="name"/>.</param>
    /// <param name="scale">
    /// <see cref="TargetScale.Common"/> for a vector of one unit, such as coordinates or rotations; null: see <see cref="Scale"/>.
    /// </param>
    /// <param name="loss">Between what the squared error is taken.</param>
    public static TaskColumn Regression(string name, string? labelColumnName = null, TargetScale? scale = null, RegressionLoss loss = RegressionLoss.Squared)
        => new(name, labelColumnName ?? name, TaskKind.Regression) { Scale = scale, RegressionLoss = loss };

    /// <summary>
    /// A task whose label is a count: visits, claims, defects. The expected count is predicted, under the loss of a Poisson distribution
    /// (<see cref="CountTask"/>).
    /// </summary>
    /// <param name="name">The task's name.</param>
    /// <param name="labelColumnName">Number column that holds whole numbers from 0; null: the same as <paramref name="name"/>.</param>
    public static TaskColumn Count(string name, string? labelColumnName = null)
        => new(name, labelColumnName ?? name, TaskKind.Count);

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

    /// <summary>
    /// A task that is computed from what other tasks predict. Its labels come from theirs by the same computation; a row lacks a label
    /// where one of them is missing. Its loss teaches the sources, and every row gets a noise score for what their labels say together.
    /// </summary>
    /// <param name="name">The task's name.</param>
    /// <param name="derivation">The computation. A saved model holds that of a body, but only the name of a function.</param>
    /// <param name="sources">Names of regressions, counts and classifications of the same trainer, in the order of the computation.</param>
    public static TaskColumn Derived(string name, TaskDerivation derivation, params IReadOnlyList<string> sources)
        => new(name, "", TaskKind.Derived) { Derivation = derivation, Sources = sources is null ? [] : [.. sources] };

    /// <summary>
    /// A task that holds shape and pose of a parametric body to the surface they give together: posed vertices in metres. Its metrics are the
    /// errors of surface and joints in mm. Where shape and pose have no <see cref="Scale"/> set, they are learned on
    /// <see cref="TargetScale.Common"/>.
    /// </summary>
    /// <param name="name">The task's name.</param>
    /// <param name="body">The body model; a saved model holds it.</param>
    /// <param name="shape">Name of the task of shape coefficients, at most as many as the body has.</param>
    /// <param name="pose">Name of the task of the joints' rotations: three (axis-angle), six or nine (matrix) numbers per joint.</param>
    /// <param name="vertices">Vertices that are computed, at least 1, spread evenly over the surface.</param>
    /// <exception cref="ArgumentNullException">There is no body.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vertices"/> is below 1.</exception>
    public static TaskColumn BodySurface(string name, BodyModel body, string shape, string pose, int vertices = 1000)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(vertices, 1);
        return Derived(name, new BodySurface(body, vertices), shape, pose);
    }

    /// <summary>This task with its scale, where none is set.</summary>
    /// <param name="tasks">All tasks: one that is shape or pose of a body is learned on a common scale.</param>
    internal TaskColumn WithScale(IReadOnlyList<TaskColumn> tasks) => Binding.Complete(this, tasks);

    /// <exception cref="ArgumentException">A name is missing or a number out of its range.</exception>
    internal void Validate(string option)
    {
        if (TaskBindings.Find(Kind) is not { } binding)
            throw new ArgumentOutOfRangeException(option, Kind, $"Task '{Name}': the kind must be {SchemaErrors.Or(Enum.GetNames<TaskKind>())}.");
        binding.CheckNames(this, option);
        if (!(LossScale > 0) || double.IsInfinity(LossScale))
            throw new ArgumentOutOfRangeException(option, LossScale, $"Task '{Name}': {nameof(LossScale)} must be a positive number.");
        TaskBindings.CheckOptions(this, option);
    }

    /// <summary>Checks that the sources are tasks of the same trainer that a task can be derived from.</summary>
    internal void ValidateSources(IReadOnlyList<TaskColumn> tasks, string option) => Binding.CheckSources(this, tasks, option);
}
