using Ilt.Torch;
using Microsoft.ML;
using TorchSharp;

namespace Ilt.MLNet.Tests;

/// <summary>Derived tasks that cannot work are refused before a row is read, and the message says which of their sources is wrong.</summary>
public sealed class DerivedSchemaTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly TaskDerivation Product = TaskDerivation.FromFunction("product", sizes => sizes.Count == 2 && sizes.All(size => size == 1)
        ? 1
        : throw new ArgumentException("it takes two numbers."), values => values[0].mul(values[1]));

    [Test]
    public void Options_SourcesThatDoNotFit_AreNamed()
    {
        var parts = TaskColumn.PixelClassification("parts", 2, "Parts");
        Refused([Person.ShapeTask, Person.SurfaceTask], "Task 'surface' is derived from 'pose', which is no task of this trainer; there are 'shape'. Sources are named by task, not by label column.");
        Refused([Person.ShapeTask, parts, TaskColumn.BodySurface("surface", Person.Body, "shape", "parts")], "Task 'surface' is derived from 'parts', which is a PixelClassification; expected a Classification, Regression or Count");
        Refused([Person.ShapeTask, TaskColumn.Derived("a", Product, "shape", "shape"), TaskColumn.Derived("b", Product, "a", "shape")], "Task 'b' is derived from 'a', which is a Derived");
        Refused([TaskColumn.Derived("a", Product, "a")], "Task 'a' is derived from 'a', which is a Derived");
        Refused([Person.ShapeTask, TaskColumn.Derived("a", Product)], "Task 'a' is derived from no task; name its sources");
        Refused([Person.ShapeTask, TaskColumn.Derived(" ", Product, "shape")], "A derived task has no name");
        Refused([Person.ShapeTask, new TaskColumn("a", "", TaskKind.Derived) { Sources = ["shape"] }], "Task 'a' is derived, and Derivation is null; give the computation");
        Refused([Person.ShapeTask, new TaskColumn("a", "Pose", TaskKind.Derived) { Derivation = Product, Sources = ["shape"] }], "Task 'a' is derived, so it has no label column; 'Pose' was given");
        Refused([Person.ShapeTask with { Sources = ["pose"] }], "Task 'shape': Derivation and Sources are for Derived, found Regression");
        Refused([Person.ShapeTask, Person.PoseTask, Person.SurfaceTask with { LossScale = -1 }], "Task 'surface': LossScale must be a positive number");
    }

    [Test]
    public void BodySurface_WithoutBodyOrVertices_IsRefused()
    {
        Assert.That(() => TaskColumn.BodySurface("surface", null!, "shape", "pose"), Throws.ArgumentNullException.With.Message.Contains("body"));
        Assert.That(() => TaskColumn.BodySurface("surface", Person.Body, "shape", "pose", vertices: 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("vertices"));
    }

    [Test]
    public void Derived_CallersList_IsCopied()
    {
        var sources = new List<string> { "shape" };
        var task = TaskColumn.Derived("a", Product, sources);
        sources.Clear();
        Assert.That(task.Sources, Is.EqualTo((string[])["shape"]));
    }

    [Test]
    public void Options_ScaleAndLossThatDoNotFit_AreNamed()
    {
        Refused([TaskColumn.Classification("class") with { Scale = TargetScale.Common }], "Task 'class': Scale and RegressionLoss are for Regression, found Classification");
        Refused([TaskColumn.Classification("class") with { RegressionLoss = RegressionLoss.RotationMatrices }], "Task 'class': Scale and RegressionLoss are for Regression");
        Refused([TaskColumn.Regression("shape", scale: (TargetScale)7)], "Task 'shape': Scale must be Bent, Common or null");
        Refused([TaskColumn.Regression("shape", loss: (RegressionLoss)7)], "Task 'shape': RegressionLoss must be Squared or RotationMatrices");
        Refused([TaskColumn.Regression("pose", scale: TargetScale.Bent, loss: RegressionLoss.RotationMatrices)], "Task 'pose': a loss between rotation matrices asks for Scale Common, found Bent");
    }

    [Test]
    public void Fit_PoseOfAnotherBody_NamesColumnsAndSizesBeforeARowIsRead()
        => RefusedBySchema([Person.ShapeTask, TaskColumn.Regression("pose", "Shape"), Person.SurfaceTask],
            "Task 'surface' cannot be derived from 'shape' (column 'Shape', 3 number(s)) and 'pose' (column 'Shape', 3 number(s)) by 'body surface': the second is the pose of 4 joints, 12 numbers (axis-angle), 24 (six per joint) or 36 (matrices) for the body model tiny, found 3 numbers. Check these columns and the order of the sources.");

    [Test]
    public void Fit_SourcesInTheWrongOrder_SaysWhichIsWhich()
        => RefusedBySchema([Person.ShapeTask, Person.PoseTask, TaskColumn.BodySurface("surface", Person.Body, shape: "pose", pose: "shape")],
            "the first is the shape, of at most 3 numbers for the body model tiny, found 24 numbers. Check these columns and the order");

    [Test]
    public void Fit_FunctionThatTakesOtherSources_SaysItsReason()
        => RefusedBySchema([Person.ShapeTask, TaskColumn.Derived("area", Product, "shape", "shape")], "Task 'area' cannot be derived from 'shape' (column 'Shape', 3 number(s)) and 'shape' (column 'Shape', 3 number(s)) by 'product': it takes two numbers.");

    [Test]
    public void Fit_RotationsOfOtherThanSixNumbers_NamesTheColumn()
    {
        RefusedBySchema([TaskColumn.Regression("shape", "Shape", loss: RegressionLoss.RotationMatrices)],
            "Schema mismatch for label column 'Shape': expected six numbers per rotation, a Vector<Single> of a multiple of 6, got Vector<Single, 3>. The loss of task 'shape' is taken between rotation matrices");
        Assert.That(() => Ml.MultiTask.Train([TaskColumn.Regression("number", "Number", loss: RegressionLoss.RotationMatrices)], "A").Fit(Ml.Data.LoadFromEnumerable(Sample.Rows(5))),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("label column 'Number': expected six numbers per rotation"));
    }

    [Test]
    public void Fit_AbsentColumnOfASource_IsNamed()
        => RefusedBySchema([Person.ShapeTask, TaskColumn.Regression("pose", "Poses"), Person.SurfaceTask], "Could not find label column 'Poses'");

    [Test]
    public void Fit_NoRowWithAllLabels_IsRefused()
    {
        var rows = Person.Rows(12);
        for (var i = 0; i < rows.Count; i++) (i % 2 == 0 ? rows[i].Pose : rows[i].Shape)[0] = float.NaN;
        Assert.That(() => Ml.MultiTask.Train(Person.Options).Fit(Ml.Data.LoadFromEnumerable(rows)),
            Throws.InvalidOperationException.With.Message.Contains("Task 'surface' has no label in any training row: none has labels of all of 'shape', 'pose'."));
    }

    [Test]
    public void Fit_ValidationOfAnotherPose_IsRefused()
    {
        var other = Ml.Transforms.CopyColumns("Pose", "Features").Fit(Person.Data(Ml, 5)).Transform(Person.Data(Ml, 5));
        Assert.That(() => Ml.MultiTask.Train(Person.Options with { Validation = other }).Fit(Person.Data(Ml, 12)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Schema mismatch for label column 'Pose': expected the training data's type (Vector of size 24)"));
    }

    private static void Refused(TaskColumn[] tasks, string message)
        => Assert.That(() => Ml.MultiTask.Train(Person.Options with { Tasks = tasks, ImageColumnName = "Image" }), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    private static void RefusedBySchema(TaskColumn[] tasks, string message)
    {
        var view = Ml.Data.LoadFromEnumerable(Explode());
        Assert.That(() => Ml.MultiTask.Train(Person.Options with { Tasks = tasks }).Fit(view), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

        static IEnumerable<Person> Explode()
        {
            Assert.Fail("a row was read");
            yield break;
        }
    }
}
