using Ilt.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// A task that is computed from what other tasks predict: it has no head and no label column of its own. Its target comes from the labels
/// of its sources by the same computation, and its loss, the mean squared error on a common scale, teaches the heads of all its sources at
/// once. It has a log-variance per row like any other task, so a row has a noise score for the combination too.
/// </summary>
/// <example>
/// <code>
/// var width = new RegressionTask("width") { Scale = TargetScale.Common };
/// var height = new RegressionTask("height") { Scale = TargetScale.Common };
/// var area = new DerivedTask("area", TaskDerivation.FromFunction("area", _ => 1, values => values[0].mul(values[1])), width, height);
/// </code>
/// </example>
public sealed record DerivedTask : TaskDefinition
{
    private const int SampledRows = 512; // of which targets are computed for the scale: they take work and memory

    /// <summary>Declares the task.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="derivation">The computation.</param>
    /// <param name="sources">The tasks whose predictions it takes, in its order: regressions, counts and classifications of the same run.</param>
    /// <exception cref="ArgumentException">There is no source, one is of another kind, or the computation does not take what they predict.</exception>
    public DerivedTask(string name, TaskDerivation derivation, params IReadOnlyList<TaskDefinition> sources)
        : this(name, derivation, [.. sources.Select(source => source.Name)], Sizes(name, sources))
    {
    }

    internal DerivedTask(string name, TaskDerivation derivation, IReadOnlyList<string> sources, IReadOnlyList<int> sourceDimensions) : base(name)
    {
        if (sources.Count == 0) throw new ArgumentException($"Task '{name}' is derived from other tasks; name at least one.", nameof(sources));
        (Derivation, Sources, SourceDimensions) = (derivation, sources, sourceDimensions);
        try
        {
            Channels = derivation.Dimensions(sourceDimensions);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Task '{name}' of {string.Join(", ", sources)}: {e.Message}", nameof(sources), e);
        }
        if (Channels < 1) throw new ArgumentException($"Task '{name}': its computation '{derivation.Name}' says that it gives {Channels} numbers per row; at least 1 is needed.", nameof(derivation));
    }

    /// <summary>The computation.</summary>
    public TaskDerivation Derivation { get; }

    /// <summary>Names of the tasks whose predictions it takes, in the computation's order.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Numbers per row of each source: those of a regression's vector, or the classes of a classification.</summary>
    public IReadOnlyList<int> SourceDimensions { get; }

    /// <inheritdoc/>
    public override int Channels { get; }

    /// <inheritdoc/>
    public override double Coefficient => 0.5;

    /// <summary>What the labels of some rows give, [rows x Channels].</summary>
    internal float[] FromLabels(DerivedLabels labels, ReadOnlySpan<int> rows)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Tensors.ToArray(Compute(labels.Values(rows, SourceDimensions)));
    }

    /// <summary>What the values of the sources give, [B, Channels].</summary>
    /// <exception cref="InvalidOperationException">The computation gave a tensor of another shape than it promised.</exception>
    internal Tensor Compute(IReadOnlyList<Tensor> values)
    {
        var derived = Derivation.Compute(values);
        long[] expected = [values[0].shape[0], Channels];
        return derived.shape.AsSpan().SequenceEqual(expected)
            ? derived
            : throw new InvalidOperationException($"The computation '{Derivation.Name}' of task '{Name}' gave a tensor of shape [{string.Join(", ", derived.shape)}]; it promised [{string.Join(", ", expected)}].");
    }

    /// <summary>Where the sources stand among the tasks of the run.</summary>
    internal int[] SourceIndices(IReadOnlyList<TaskDefinition> tasks) => [.. Sources.Select(name => tasks.TakeWhile(task => task.Name != name).Count())];

    internal override (string Kind, string Labels) InWords => ("derived from other tasks", "labels derived from theirs (DerivedLabels)");

    internal override bool HasHead => false;

    internal override bool HasScale => true;

    /// <summary>The scale of what up to 512 labels, spread evenly over the rows, give.</summary>
    /// <exception cref="ArgumentException">Fewer than two rows are labelled, or all give the same.</exception>
    internal override CommonScaling FitScale(TaskLabels labels)
    {
        var rows = Enumerable.Range(0, labels.Count).Where(labels.IsLabelled).ToArray();
        if (rows.Length < 2)
            throw new ArgumentException($"Task '{Name}': {rows.Length} training row(s) have labels of all of {string.Join(", ", Sources)}; at least 2 are needed. Check their label columns, or leave the task out.");
        var sampled = Math.Min(SampledRows, rows.Length);
        int[] sample = [.. Enumerable.Range(0, sampled).Select(i => rows[(int)((long)i * rows.Length / sampled)])];
        return CommonScaling.Fit(FromLabels((DerivedLabels)labels, sample), Channels, Name);
    }

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale) => Coefficient; // the scale makes the median of the squared targets 1

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => new DerivedTargets((DerivedLabels)labels);

    internal override Tensor RowLoss(Tensor output, BatchTarget target) => SquaredErrors.PerRow(RegressionReduction.Mean, output, target.Values);

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => new DerivedEvaluator(model, index, this, (DerivedLabels)labels);

    internal override void Check(PersonAugmentation augmentation)
    {
        base.Check(augmentation);
        if (Derivation is BodySurface && Sources[1] != augmentation.PoseTask)
            throw new ArgumentException($"{PersonAugmentation.PoseOption} must be '{Sources[1]}', the pose that task '{Name}' is derived from; found {(augmentation.PoseTask is null ? "none" : $"'{augmentation.PoseTask}'")}.");
    }

    internal override void Write(BinaryWriter writer) => SavedDerivation.Write(writer, this);

    internal override void CheckSources(IReadOnlyList<TaskDefinition> tasks)
    {
        for (var i = 0; i < Sources.Count; i++)
        {
            var source = tasks.FirstOrDefault(task => task.Name == Sources[i])
                ?? throw new ArgumentException($"Task '{Name}' is derived from '{Sources[i]}', which is no task of this run; there are {string.Join(", ", tasks.Select(task => $"'{task.Name}'"))}.", nameof(tasks));
            if (source.Channels != Sizes(Name, [source])[0] || source.Channels != SourceDimensions[i])
                throw new ArgumentException($"Task '{Name}' was declared for {SourceDimensions[i]} numbers of '{source.Name}', which has {source.Channels}.", nameof(tasks));
        }
    }

    private static int[] Sizes(string name, IReadOnlyList<TaskDefinition> sources) =>
    [
        .. sources.Select(source => source.CanBeSource
            ? source.Channels
            : throw new ArgumentException($"Task '{name}' cannot be derived from '{source.Name}', which is {(source.IsPerPixel ? "a task of pixels" : "derived itself")}; its sources are regressions, counts and classifications.", nameof(sources))),
    ];
}
