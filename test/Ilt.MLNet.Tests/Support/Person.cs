using Ilt.Bodies;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>A generated row with shape and pose of <see cref="TinyBody"/>, which follow from the features.</summary>
internal sealed class Person
{
    public const int Shapes = TinyBody.Shapes;
    public const int PoseNumbers = 6 * TinyBody.Joints;

    public string Id { get; set; } = "";

    [VectorType(4)]
    public float[] Features { get; set; } = [];

    [VectorType(Shapes)]
    public float[] Shape { get; set; } = [];

    /// <summary>Six numbers per joint; those of the root are the same in all rows.</summary>
    [VectorType(PoseNumbers)]
    public float[] Pose { get; set; } = [];

    public static BodyModel Body { get; } = TinyBody.Model();

    public static TaskColumn ShapeTask => TaskColumn.Regression("shape", "Shape");

    public static TaskColumn PoseTask => TaskColumn.Regression("pose", "Pose");

    public static TaskColumn SurfaceTask => TaskColumn.BodySurface("surface", Body, shape: "shape", pose: "pose");

    public static MultiTaskTrainer.Options Options => new()
    {
        Tasks = [ShapeTask, PoseTask, SurfaceTask],
        IdColumnName = "Id",
        Training = new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [32], Seed = 1 },
    };

    /// <summary>Rows with ids p1, p2, ..</summary>
    public static List<Person> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(i =>
        {
            var z = Enumerable.Range(0, 4).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
            float[] angles = [0, 0, 0, z[0], 0.5f * z[1], 0, z[2], 0, z[3], 0, z[1], -z[2]];
            return new Person { Id = $"p{i}", Features = z, Shape = [z[0], z[1], z[2] - z[3]], Pose = Rotations.AxisAnglesToSix(angles) };
        })];
    }

    public static IDataView Data(MLContext ml, int count, int seed = 1) => ml.Data.LoadFromEnumerable(Rows(count, seed));

    /// <summary>The vertices of the body that belong to a triangle.</summary>
    public static float[] Vertices(float[] shape, float[] pose)
    {
        var all = new LinearBlendSkinning(Body).Pose(shape, Rotations.SixToMatrices(pose)).Vertices;
        return [.. Body.Faces.Distinct().Order().SelectMany(v => all[(3 * v)..((3 * v) + 3)])];
    }
}
