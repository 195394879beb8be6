using Ilt.Bodies;
using Ilt.Corruption;
using Ilt.Examples.ImageTables.Data;
using Ilt.Torch;

namespace Ilt.Examples.ImageTables;

/// <summary>The paper's first experiment: body parts, shape, pose, and the surface that follows from shape and pose.</summary>
internal static class BodyExperiments
{
    // The surface is compared at some of the model's vertices, evenly spread over it.
    private const int SurfaceVertices = 700;

    // About 40,000 pictures seen in a run of generated people, and half as many of those from files, which are fewer: minutes on one core.
    private const int GeneratedEpochs = 12, FileEpochs = 24;

    private const int Parts = 0, Shape = 1, Pose = 2, Surface = 3;

    public static Experiment Generated(Arguments arguments)
    {
        var model = BodyData.Model(arguments.Body);
        var (train, test) = BodyData.Generate(model, arguments.Rows ?? 3000, arguments.Test ?? 500, arguments.Scenes);
        return Of("bodies", model, train, test, GeneratedEpochs, arguments);
    }

    public static Experiment FromFiles(DataFolder data, Arguments arguments)
    {
        var (train, test) = BodyData.Read(data.Set("body-like-surreal"), arguments.Rows, arguments.Test);
        return Of("body-files", BodyData.Model(arguments.Body), train, test, FileEpochs, arguments);
    }

    private static Experiment Of(string name, BodyModel model, BodySet trainSet, BodySet testSet, int epochs, Arguments arguments)
    {
        var shape = new RegressionTask("shape", model.ShapeCount) { Scale = TargetScale.Common };
        var pose = new RegressionTask("pose", BodySet.PoseNumbers) { Scale = TargetScale.Common, Loss = arguments.PoseLoss };
        var surface = new DerivedTask("surface", new BodySurface(model, arguments.SurfaceVertices ?? SurfaceVertices), shape, pose);
        TaskDefinition[] tasks = [new PixelClassificationTask("parts", BodyParts.ClassCount), shape, pose, surface];
        var (train, test) = (ToImages(trainSet, model.ShapeCount), ToImages(testSet, model.ShapeCount));
        var training = arguments.Training(epochs, UNetDefinition.BodySmall) with { PersonAugmentation = arguments.Augmentation is { } changes ? new() { PoseTask = "pose", Changes = changes } : null };
        return new Experiment(name, tasks, train, test, training,
            [Experiments.Permute("parts", Parts, train, tasks), new ExperimentCorruption("body", [Shape, Pose, Surface], (fraction, seed) => Noise(train, fraction, seed))]);
    }

    private static ImageData ToImages(BodySet set, int shapes)
    {
        var (shape, pose) = (new NumberLabels(set.Shapes, shapes), new NumberLabels(set.Poses, BodySet.PoseNumbers));
        return new ImageData(Experiments.Store(set.Images, set.Count), set.Size, 3,
            [new MaskLabels(Experiments.Store(set.Masks, set.Count), set.Size), shape, pose, new DerivedLabels(shape, pose)]);
    }

    /// <summary>Uniform noise on all numbers of a body, shape and pose alike, so that both are wrong in the same rows, and the surface with them.</summary>
    private static (IReadOnlyList<TaskLabels> Labels, bool[] Wrong) Noise(ImageData train, double fraction, int seed)
    {
        var (shapes, poses) = ((NumberLabels)train.Labels[Shape], (NumberLabels)train.Labels[Pose]);
        var (both, split) = (shapes.Dimensions + poses.Dimensions, shapes.Dimensions);
        float[] bodies = [.. Enumerable.Range(0, train.RowCount).SelectMany(row => (float[])[.. shapes[row], .. poses[row]])];
        var wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = fraction, Seed = seed, Low = -2, High = 2 }.CorruptNumbers(bodies, both);
        var shape = new NumberLabels([.. bodies.Chunk(both).SelectMany(body => body[..split])], split);
        var pose = new NumberLabels([.. bodies.Chunk(both).SelectMany(body => body[split..])], both - split);
        return ([shape, pose, new DerivedLabels(shape, pose)], wrong);
    }
}
