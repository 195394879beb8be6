using System.Text;
using Ilt.Bodies;
using Ilt.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>A body's surface as a task: what it computes, learns, measures and saves.</summary>
public class BodySurfaceTests
{
    private const int PoseNumbers = 6 * TinyBody.Joints;

    private static readonly BodyModel Body = TinyBody.Model();
    private static readonly RegressionTask Shape = new("shape", TinyBody.Shapes) { Scale = TargetScale.Common };
    private static readonly RegressionTask Pose = new("pose", PoseNumbers) { Scale = TargetScale.Common };

    [TestCase(3), TestCase(6), TestCase(9)]
    public void Compute_AnyFormOfPose_IsTheSkinnedSurface(int perJoint)
    {
        var surface = new BodySurface(Body);
        var axisAngles = TinyBody.Pose(TinyBody.Joints, 4);
        var numbers = perJoint switch { 3 => axisAngles, 6 => Rotations.AxisAnglesToSix(axisAngles), _ => Rotations.AxisAnglesToMatrices(axisAngles) };
        float[] shape = [0.3f, -1, 0.5f];
        using var scope = NewDisposeScope();
        var found = surface.Compute([tensor(shape, [1, 3]), tensor(numbers, [1, perJoint * TinyBody.Joints])]).data<float>().ToArray();
        var posed = new LinearBlendSkinning(Body).Pose(new BodyPose(shape, axisAngles, [0, 0, 0])).Vertices;
        Assert.That(surface.Vertices, Is.EqualTo(new[] { 0, 1, 2, 3, 4, 6 }), "vertex 5 belongs to no triangle");
        Assert.That(found, Is.EqualTo(surface.Vertices.SelectMany(v => posed[(3 * v)..(3 * (v + 1))])).Within(1e-5));
    }

    [Test]
    public void Compute_FewerCoefficients_TakesTheOthersAsZero()
    {
        var surface = new BodySurface(Body, 4);
        var pose = tensor(Rotations.AxisAnglesToSix(TinyBody.Pose(TinyBody.Joints, 4)), [1, PoseNumbers]);
        using var scope = NewDisposeScope();
        Assert.That(surface.Compute([tensor(new[] { 0.7f }, [1, 1]), pose]).data<float>().ToArray(), Is.EqualTo(surface.Compute([tensor(new[] { 0.7f, 0, 0 }, [1, 3]), pose]).data<float>().ToArray()).Within(1e-6));
        Assert.That(surface.Vertices, Has.Count.EqualTo(4));
    }

    [Test]
    public void Dimensions_WhatIsNoShapeAndPose_SaysWhatTheModelTakes()
    {
        var surface = new BodySurface(Body);
        Assert.Multiple(() =>
        {
            Assert.That(() => surface.Dimensions([3]), Throws.ArgumentException.With.Message.Contains("shape and pose, found 1"));
            Assert.That(() => surface.Dimensions([4, 24]), Throws.ArgumentException.With.Message.Contains("at most 3").And.Message.Contains("found 4"));
            Assert.That(() => surface.Dimensions([3, 72]), Throws.ArgumentException.With.Message.Contains("12 numbers").And.Message.Contains("24").And.Message.Contains("36").And.Message.Contains("found 72"));
            Assert.That(() => new DerivedTask("surface", surface, Pose, Shape), Throws.ArgumentException.With.Message.Contains("'surface' of pose, shape"));
            Assert.That(surface.Dimensions([3, 12]), Is.EqualTo(18));
        });
    }

    [Test]
    public void Train_ShapeAndPoseFromFeatures_BringsTheSurfaceNear()
    {
        var (train, test) = (People(400, 1), People(100, 2));
        TaskDefinition[] tasks = [Shape, Pose, new DerivedTask("surface", new BodySurface(Body), Shape, Pose)];
        using var short_ = new Disposing(MultiTaskTraining.Train(tasks, train, null, new TrainingOptions { Epochs = 1 }));
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, null, new TrainingOptions { Epochs = 30 }));
        var (before, after) = (short_.Value.Model.Evaluate(test)[2], result.Value.Model.Evaluate(test)[2]);
        Assert.Multiple(() =>
        {
            Assert.That(after.SurfaceError, Is.LessThan(0.5 * before.SurfaceError!.Value));
            Assert.That(after.JointError, Is.LessThan(0.6 * before.JointError!.Value));
            Assert.That(after.Error, Is.EqualTo(after.SurfaceError));
        });
    }

    [Test]
    public void Evaluate_Model_MeasuresMillimetresOfItsPredictions()
    {
        var data = People(20, 3);
        TaskDefinition[] tasks = [Shape, Pose, new DerivedTask("surface", new BodySurface(Body), Shape, Pose)];
        using var result = new Disposing(MultiTaskTraining.Train(tasks, data, null, new TrainingOptions { Epochs = 2 }));
        var model = result.Value.Model;
        var metrics = model.Evaluate(data)[2];
        var predictions = model.Predict(data.Features);
        var skinning = new LinearBlendSkinning(Body);
        var (vertices, joints) = (new SurfaceErrors(), new JointErrors());
        for (var row = 0; row < 20; row++)
        {
            var given = Posed(((NumberLabels)data.Labels[0])[row], ((NumberLabels)data.Labels[1])[row]);
            var predicted = Posed(predictions[0].AsSpan(row * 3, 3), predictions[1].AsSpan(row * PoseNumbers, PoseNumbers));
            vertices.Add(Used(given.Vertices), Used(predicted.Vertices));
            joints.Add(given.Joints, predicted.Joints);
        }
        Assert.Multiple(() =>
        {
            Assert.That(metrics.SurfaceError, Is.EqualTo(vertices.MeanMillimetres).Within(0.01).Percent);
            Assert.That(metrics.JointError, Is.EqualTo(joints.MeanMillimetres).Within(0.01).Percent);
            Assert.That(metrics.AlignedJointError, Is.EqualTo(joints.AlignedMillimetres).Within(0.1).Percent);
        });

        PosedBody Posed(ReadOnlySpan<float> shape, ReadOnlySpan<float> six) => skinning.Pose(new BodyPose(shape.ToArray(), Rotations.SixToAxisAngles(six), [0, 0, 0]));

        static float[] Used(float[] all) => [.. all[..15], .. all[18..]]; // vertex 5 belongs to no triangle
    }

    [Test]
    public void SaveAndLoad_BodyInTheFile_PredictsTheSame()
    {
        var data = People(20, 3);
        TaskDefinition[] tasks = [Shape, Pose, new DerivedTask("surface", new BodySurface(Body, 4), Shape, Pose) { LossScale = 0.5 }];
        using var result = new Disposing(MultiTaskTraining.Train(tasks, data, null, new TrainingOptions { Epochs = 1 }));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) result.Value.Model.Save(writer);
        stream.Position = 0;
        using var loaded = MultiTaskModel.Load(new BinaryReader(stream));
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Predict(data.Features)[2], Is.EqualTo(result.Value.Model.Predict(data.Features)[2]));
            Assert.That(loaded.Tasks[2].LossScale, Is.EqualTo(0.5));
            Assert.That(loaded.Evaluate(data)[2].SurfaceError, Is.EqualTo(result.Value.Model.Evaluate(data)[2].SurfaceError));
        });
    }

    [Test]
    public void RotationMatrices_Loss_IsThatOfTheMatricesWithItsGradient()
    {
        var task = Pose with { Loss = RegressionLoss.RotationMatrices };
        var labels = (NumberLabels)People(12, 5).Labels[1];
        var scaling = (CommonScaling)task.FitScale(labels);
        var target = new float[PoseNumbers];
        scaling.Standardise(labels, 0, target);
        float[] output = [.. target.Select((t, i) => t + (0.3f * ((i % 5) - 2)))];

        using var scope = NewDisposeScope();
        var at = tensor(output, [1, PoseNumbers], null, null, true);
        var loss = Loss(at);
        loss.backward();
        var gradient = at.grad!.data<float>().ToArray();
        var predicted = (float[])output.Clone();
        scaling.Restore(predicted);
        Assert.That(loss.data<float>().ToArray()[0], Is.EqualTo(Distance(predicted)).Within(0.01).Percent, "the one over arrays");

        const float Step = 1e-2f;
        for (var i = 0; i < PoseNumbers; i++)
        {
            var slope = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);
            Assert.That(gradient[i], Is.EqualTo(slope).Within(2e-3).Or.EqualTo(slope).Within(2).Percent, $"number {i}");
        }

        // A matrix has length: scaling all six numbers alike changes nothing.
        float[] longer = [.. predicted.Select(p => 1.5f * p)];
        Assert.That(Loss(Scaled(longer)).data<float>().ToArray()[0], Is.EqualTo(Distance(predicted)).Within(1e-4));

        Tensor Loss(Tensor x) => RowLosses.Compute([task], [x], [new BatchTarget(tensor(target, [1, PoseNumbers])) { Scale = scaling }]).sum();

        Tensor Scaled(float[] pose) => tensor(scaling.Standardised(pose), [1, PoseNumbers]);

        double Distance(float[] pose) => Rotations.SixToMatrices(labels[0]).Zip(Rotations.SixToMatrices(pose), (a, b) => Math.Pow((a - b) / scaling.Deviation, 2)).Average();

        double Moved(int index, float change)
        {
            var moved = (float[])output.Clone();
            moved[index] += change;
            using var off = no_grad();
            return Loss(tensor(moved, [1, PoseNumbers])).data<float>().ToArray()[0];
        }
    }

    [Test]
    public void RotationMatrices_WhatDoesNotFit_SaysWhatItAsksFor()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => (Pose with { Loss = RegressionLoss.RotationMatrices, Scale = TargetScale.Bent }).Validate(), Throws.ArgumentException.With.Message.Contains("Common"));
            Assert.That(() => new RegressionTask("pose", 7) { Loss = RegressionLoss.RotationMatrices, Scale = TargetScale.Common }.Validate(), Throws.ArgumentException.With.Message.Contains("found 7"));
        });
    }

    // Features are three shape coefficients and the bends of two joints; the others stay as they are.
    private static TableData People(int rows, int seed)
    {
        var random = new Random(seed);
        var (features, shapes, poses) = (new float[rows * 5], new float[rows * 3], new float[rows * PoseNumbers]);
        for (var row = 0; row < rows; row++)
        {
            for (var d = 0; d < 5; d++) features[(row * 5) + d] = (float)TestTables.Normal(random);
            features.AsSpan(row * 5, 3).CopyTo(shapes.AsSpan(row * 3));
            var axisAngles = new float[3 * TinyBody.Joints];
            (axisAngles[4], axisAngles[8]) = (features[(row * 5) + 3], features[(row * 5) + 4]);
            Rotations.AxisAnglesToSix(axisAngles).CopyTo(poses, row * PoseNumbers);
        }
        NumberLabels shape = new(shapes, 3), pose = new(poses, PoseNumbers);
        return new TableData(features, 5, [shape, pose, new DerivedLabels(shape, pose)]);
    }
}
