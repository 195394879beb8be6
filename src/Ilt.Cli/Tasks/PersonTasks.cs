using Ilt.Bodies;
using Ilt.Cli.Images;

namespace Ilt.Cli.Tasks;

/// <summary>Finds the tasks that tell of a person, and checks that they are such that change with a picture of one.</summary>
internal static class PersonTasks
{
    private static readonly int[] PoseLengths = [3 * BodyParts.JointCount, 6 * BodyParts.JointCount, 9 * BodyParts.JointCount];

    /// <summary>Whether a task is the surface of a body.</summary>
    public static bool IsSurface(TaskSpec spec) => spec.Syntax is VerticesSyntax;

    /// <summary>The surfaces of bodies.</summary>
    public static IEnumerable<SurfaceLabel> Surfaces(IReadOnlyList<TaskLabel> labels) => labels.Where(label => IsSurface(label.Spec)).Cast<SurfaceLabel>();

    /// <summary>The masks, which hold the parts of a body where there is one.</summary>
    public static IEnumerable<TaskLabel> Parts(IReadOnlyList<TaskLabel> labels) => labels.Where(label => label.Spec.Syntax is MaskSyntax);

    /// <summary>The task of the joints' rotations: that of a body, else the only one of fitting length; null: there is none.</summary>
    public static NumberLabel? Pose(IReadOnlyList<TaskLabel> labels)
    {
        if (Surfaces(labels).FirstOrDefault() is { } surface)
            return surface.Pose;
        NumberLabel[] fitting = [.. labels.OfType<NumberLabel>().Where(label => PoseLengths.Contains(label.Columns.Count))];
        return fitting.Length < 2
            ? fitting.FirstOrDefault()
            : throw new UserErrorException($"--augment-person: {fitting[0].Spec.Option} and {fitting[1].Spec.Option} both look like a pose ({fitting[0].Columns.Count} and {fitting[1].Columns.Count} numbers); leave one of them out.");
    }

    /// <summary>Refuses what cannot be changed with a picture of a person.</summary>
    public static void Require(ImagePlan plan, IReadOnlyList<TaskLabel> labels)
    {
        if (plan.Options.PersonFrame is null)
            return;
        if (plan.Size.Height != plan.Size.Width)
            throw new UserErrorException($"--augment-person: takes square images, found {plan.Size} pixels (height x width); say for example --size {plan.Size.Height}x{plan.Size.Height}.");
        if (Parts(labels).FirstOrDefault() is { } mask && plan.Options.Classes.ClassCount != BodyParts.ClassCount)
            throw new UserErrorException($"--augment-person: the masks of {mask.Spec.Option} must hold {BodyParts.ClassCount} body parts, of which it knows left and right; say --classes-map parts25, or leave one of both out.");
        var pose = Pose(labels);
        if (pose is not null && !PoseLengths.Contains(pose.Columns.Count))
            throw new UserErrorException($"--augment-person: {pose.Spec.Option} has {pose.Columns.Count} numbers; expected {string.Join(", ", PoseLengths)} for {BodyParts.JointCount} joints.");
        if (Surfaces(labels).FirstOrDefault(surface => surface.Pose != pose) is { } other)
            throw new UserErrorException($"--augment-person: {other.Spec.Option} has another pose than task {pose!.Spec.Name}; only one changes with the picture.");
    }
}
