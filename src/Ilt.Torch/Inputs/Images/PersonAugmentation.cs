using Ilt.Bodies;

namespace Ilt.Torch;

/// <summary>
/// Random changes of pictures that show one person each, as in BodyNet (Varol et al., 2018): flips, turns, sizes and colours. Masks of body parts and
/// the pose change with the picture (see <see cref="PersonView"/>); tasks derived from the pose follow it. All other numbers, such as the shape, stay:
/// leave out tasks that say where in the picture something is.
/// </summary>
/// <example>
/// <code>
/// var options = new TrainingOptions { PersonAugmentation = new() { PoseTask = "pose" } };
/// </code>
/// </example>
public sealed record PersonAugmentation
{
    /// <summary>What messages call <see cref="PoseTask"/>.</summary>
    internal const string PoseOption = nameof(PersonAugmentation) + "." + nameof(PoseTask);

    /// <summary>What changes, and how much.</summary>
    public BodyAugmentation Changes { get; init; } = new();

    /// <summary>Name of the regression task that is the pose of 24 joints: 72 numbers (axis-angle), 144 (six per joint) or 216 (matrices, row by row).</summary>
    /// <value>null = no task depends on the pose.</value>
    public string? PoseTask { get; init; }

    /// <summary>
    /// Rotation or reflection from the frame of the pose's root joint to the camera's (x right, y down, z forward), row by row, nine numbers.
    /// For poses as in SURREAL's own files <c>Ilt.Datasets.SurrealCamera.Rotation</c>.
    /// </summary>
    /// <value>The default is the identity: the root's rotation is given in the camera's frame, as in the sets that <see cref="BodyGenerator"/> makes.</value>
    public IReadOnlyList<double> ToCamera { get; init; } = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Changes.Validate();
        if (ToCamera.Count != 9 || !IsOrthogonal(ToCamera))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(PersonAugmentation)}.{nameof(ToCamera)} must be a rotation or reflection, 9 numbers row by row; found {string.Join(", ", ToCamera)}."));
    }

    /// <exception cref="ArgumentException">The tasks or images are not of the kind that can be changed so.</exception>
    internal void Check(IReadOnlyList<TaskDefinition> tasks, InputShape input)
    {
        if (!input.IsImage)
            throw new ArgumentException(
                $"{nameof(TrainingOptions.PersonAugmentation)} is for images; the rows are {input.Modality.Rows}. Leave it null.");
        if (input.Height != input.Width)
            throw new ArgumentException($"{nameof(TrainingOptions.PersonAugmentation)} takes square images, found {input.Height} x {input.Width} (height x width). Cut squares around the persons, or leave it null.");
        if (PoseTask is not null && tasks.All(task => task.Name != PoseTask))
            throw new ArgumentException($"{PoseOption} is '{PoseTask}', which is no task of this run; there are {string.Join(", ", tasks.Select(task => $"'{task.Name}'"))}.");
        foreach (var task in tasks) task.Check(this);
    }

    /// <summary>Whether so many numbers are the rotations of a pose.</summary>
    internal static bool IsPose(int numbers) => numbers is 3 * BodyParts.JointCount or 6 * BodyParts.JointCount or 9 * BodyParts.JointCount;

    /// <summary>The task that is named as the pose is none.</summary>
    /// <param name="found">What it is, for the message.</param>
    internal ArgumentException NoPose(string found) => new(
        $"{PoseOption} is '{PoseTask}', which is {found}; the pose of {BodyParts.JointCount} joints is a regression of {3 * BodyParts.JointCount}, {6 * BodyParts.JointCount} or {9 * BodyParts.JointCount}.");

    private static bool IsOrthogonal(IReadOnlyList<double> matrix)
    {
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
            {
                var product = (matrix[3 * i] * matrix[3 * j]) + (matrix[(3 * i) + 1] * matrix[(3 * j) + 1]) + (matrix[(3 * i) + 2] * matrix[(3 * j) + 2]);
                if (!(Math.Abs(product - (i == j ? 1 : 0)) < 1e-6)) return false;
            }
        return true;
    }
}
