using System.Security.Cryptography;
using Ilt.Bodies;
using Ilt.Cli.Tasks;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>The body model that tasks of the kind vertices are computed with.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Sha256">Of its file.</param>
/// <param name="Surface">The computation.</param>
internal sealed record BodyOfTasks(string Path, string Sha256, BodySurface Surface)
{
    /// <summary>Reads the model, and checks that it takes the tasks' shape and pose. Null where no task needs one.</summary>
    public static BodyOfTasks? Read(string? path, IReadOnlyList<TaskLabel> labels)
    {
        SurfaceLabel[] surfaces = [.. PersonTasks.Surfaces(labels)];
        if (surfaces.Length == 0)
            return path is null ? null : throw new UserErrorException($"--body {path}: no task is computed with a body; add --task surface=vertices:SHAPE,POSE, or leave --body out.");
        if (path is null)
            throw new UserErrorException($"{surfaces[0].Spec.Option}: needs a body model; name its file with --body model.npz.");
        var model = ReadModel(path, surfaces.Max(surface => surface.Shape.Columns.Count));
        var computed = new BodySurface(model);
        foreach (var surface in surfaces)
        {
            try
            {
                computed.Dimensions([surface.Shape.Columns.Count, surface.Pose.Columns.Count]);
            }
            catch (ArgumentException e)
            {
                throw new UserErrorException($"{surface.Spec.Option}: of its tasks {surface.Shape.Spec.Name} and {surface.Pose.Spec.Name}, {e.Message}", e);
            }
        }

        return new BodyOfTasks(path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), computed);
    }

    /// <summary>Reads a body model; what is none is a <see cref="UserErrorException"/>.</summary>
    public static BodyModel ReadModel(string path, int shapeCount = BodyModel.UsualShapeCount)
    {
        try
        {
            return BodyModel.Read(path, shapeCount);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // The file stands before the message already.
            throw new UserErrorException($"--body {path}: {(e.Message.StartsWith(path + ": ", StringComparison.Ordinal) ? e.Message[(path.Length + 2)..] : e.Message)}", e);
        }
    }
}
