namespace Ilt.Cli.Tasks;

/// <summary>The surface of a body: what the labels of shape and pose say together. A row has one where it has both.</summary>
internal sealed class SurfaceLabel : TaskLabel
{
    /// <summary>Takes the labels that it comes from: shape, then pose.</summary>
    public SurfaceLabel(TaskSpec spec, NumberLabel shape, NumberLabel pose)
        : base(spec, [])
    {
        (Shape, Pose) = (shape, pose);
        shape.IsOfBody = pose.IsOfBody = true;
    }

    /// <summary>Shape coefficients.</summary>
    public NumberLabel Shape { get; }

    /// <summary>Rotations of the joints.</summary>
    public NumberLabel Pose { get; }

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => Shape.IsLabelled(row) && Pose.IsLabelled(row);

    /// <inheritdoc/>
    public override string[] Cells(string text, string folder) =>
        throw new FormatException($"the task has no labels of its own; review {Shape.Spec.Name} and {Pose.Spec.Name}, from which it is computed");

    /// <summary>Nothing: thousands of numbers that the labels of shape and pose tell better.</summary>
    public override string GivenText(int row) => "";

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        if (!rows.Any(IsLabelled))
            throw new UserErrorException($"{Spec.Option}: no row has labels of both {Shape.Spec.Name} and {Pose.Spec.Name}; leave the task out.");
    }
}
