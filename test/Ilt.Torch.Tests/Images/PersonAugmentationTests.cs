using System.Runtime.InteropServices;
using Ilt.Bodies;
using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Images;

public sealed class PersonAugmentationTests
{
    private const int Side = 48;
    private const int Rows = 6;
    private const int Seed = 3;
    private static readonly BodyModel Body = BodyModel.Read(Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"));
    private static readonly LinearBlendSkinning Skinning = new(Body);
    private static readonly BodyGenerator Generator = new(Body, new BodySceneOptions { Height = Side, Width = Side });
    private static readonly BodyScene[] Scenes = [.. Enumerable.Range(0, Rows).Select(Generator.Generate)];
    private static readonly PersonAugmentation Augmentation = new() { PoseTask = "pose", Changes = new() { Degrees = 40, Scale = 0.3 } };

    /// <summary>All sign conventions, and that image, mask and pose change alike: the given body of a changed row, seen by the camera, covers the changed mask.</summary>
    [Test]
    public void Batch_ChangedRows_ShowTheBodiesOfTheirLabels([Values(72, 144, 216)] int numbers)
    {
        using var scope = NewDisposeScope();
        var (batch, scalings) = First(Augmentation, numbers, epoch: 1);
        var masks = batch.Targets[0].Values.data<long>().ToArray();
        var poses = batch.Targets[1].Values.data<float>().ToArray();
        scalings[1]!.Restore(poses);
        var flipped = 0;
        for (var row = 0; row < Rows; row++)
        {
            var view = View(row, epoch: 1);
            if (view.Flip) flipped++;
            var mask = masks.AsSpan(row * Side * Side, Side * Side).ToArray();
            var pose = poses[(row * numbers)..((row + 1) * numbers)];
            Assert.That(Agreement(mask, row, view, Matrices(pose)), Is.GreaterThan(0.95), $"row {row}: {view}");
            if (view.Flip) Assert.That(Agreement(mask, row, view, Rotations.AxisAnglesToMatrices(Scenes[row].Body.AxisAngles)), Is.LessThan(0.6), $"row {row}, the pose as it was");
        }
        Assert.That(flipped, Is.InRange(1, Rows - 1), "both kinds are needed");
    }

    [Test]
    public void Batch_ChangedRows_AreTheViewsPixelByPixel()
    {
        using var scope = NewDisposeScope();
        var (batch, scalings) = First(Augmentation, 144, epoch: 0);
        var (unchanged, _) = First(null, 144, epoch: 0);
        var inputs = batch.Inputs.data<float>().ToArray();
        var table = Data(144).FitInputScaling().Table();
        var (masks, depths) = (batch.Targets[0].Values.data<long>().ToArray(), batch.Targets[3].Values.data<float>().ToArray());
        for (var row = 0; row < Rows; row++)
        {
            var view = View(row, epoch: 0);
            var image = view.Image(Scenes[row].Image).Pixels;
            var (mask, depth) = (view.Mask(Scenes[row].Mask).Pixels, view.Map(Scenes[row].Depth).Values);
            for (var pixel = 0; pixel < Side * Side; pixel++)
            {
                for (var c = 0; c < 3; c++)
                    if (inputs[(((row * 3) + c) * Side * Side) + pixel] != table[(c * 256) + image[(3 * pixel) + c]]) Assert.Fail($"row {row}, pixel {pixel}, channel {c}");
                if (masks[(row * Side * Side) + pixel] != mask[pixel]) Assert.Fail($"mask of row {row}, pixel {pixel}");
                var expected = float.IsNaN(depth[pixel]) ? 0 : scalings[3]!.Standardise(depth[pixel], 0);
                if (depths[(row * Side * Side) + pixel] != expected) Assert.Fail($"depth of row {row}, pixel {pixel}");
            }
        }
        Assert.That(batch.Targets[2].Values.data<float>().ToArray(), Is.EqualTo(unchanged.Targets[2].Values.data<float>().ToArray()), "the shape");
        Assert.That(batch.Targets[1].Values.data<float>().ToArray(), Is.Not.EqualTo(unchanged.Targets[1].Values.data<float>().ToArray()), "the pose");
    }

    [Test]
    public void Batch_SameSeedAndEpoch_IsTheSameAndOthersAreNot()
    {
        using var scope = NewDisposeScope();
        float[] Inputs(int epoch) => First(Augmentation, 144, epoch).Batch.Inputs.data<float>().ToArray();
        var first = Inputs(2);
        Assert.That(Inputs(2), Is.EqualTo(first));
        Assert.That(Inputs(3), Is.Not.EqualTo(first));
    }

    [Test]
    public void Batch_RowWithoutLabels_StaysWithoutThem()
    {
        using var scope = NewDisposeScope();
        var (batch, _) = First(Augmentation with { Changes = new() { Scale = 0.9 } }, 144, epoch: 0, without: 4);
        for (var i = 0; i < batch.Labelled.Length; i++)
            Assert.That(batch.Labelled[i], Is.EqualTo(i / 4 != 4 || i % 4 == 2), $"row {i / 4}, task {i % 4}");
    }

    [Test]
    public void Train_WithDerivedSurface_LearnsAndRepeats()
    {
        var (shape, pose) = (new RegressionTask("shape", 10) { Scale = TargetScale.Common }, (RegressionTask)Tasks(144)[1]);
        TaskDefinition[] tasks = [Tasks(144)[0], shape, pose, new DerivedTask("surface", new BodySurface(Body, 50), shape, pose)];
        var data = Data(144);
        data = new ImageData(data.Images, data.Size, 3, [data.Labels[0], data.Labels[2], data.Labels[1], new DerivedLabels(data.Labels[2], data.Labels[1])]);
        var options = TestImages.Quick with { Epochs = 2, BatchSize = 3, PersonAugmentation = Augmentation };
        double[] Losses()
        {
            var result = MultiTaskTraining.Train(tasks, data, null, options);
            using var model = result.Model;
            return [.. result.History.SelectMany(epoch => epoch.TrainLoss)];
        }

        var losses = Losses();
        Assert.That(losses, Has.All.Matches<double>(loss => loss > 0 && double.IsFinite(loss)));
        Assert.That(Losses(), Is.EqualTo(losses));
    }

    [Test]
    public void Train_WrongOptions_AreRefused()
    {
        var tasks = Tasks(144);
        void Refused(PersonAugmentation augmentation, string part, TaskDefinition[]? others = null, TrainingData? data = null) =>
            Assert.That(() => MultiTaskTraining.Train(others ?? tasks, data ?? Data(144), null, TestImages.Quick with { PersonAugmentation = augmentation }), Throws.ArgumentException.With.Message.Contains(part));

        Refused(new() { PoseTask = "poses" }, "PoseTask is 'poses', which is no task of this run; there are 'parts', 'pose', 'shape', 'depth'");
        Refused(new() { PoseTask = "shape" }, "PoseTask is 'shape', which is a regression of 10 number(s); the pose of 24 joints is a regression of 72, 144 or 216");
        Refused(new() { PoseTask = "parts" }, "PoseTask is 'parts', which is no regression");
        Refused(new() { Changes = new() { Degrees = 200 } }, "Degrees must be between 0 and 180; found 200");
        Refused(new() { ToCamera = [1, 0, 0, 0, 1, 0, 0, 0, 2] }, "ToCamera must be a rotation or reflection");
        Refused(new() { ToCamera = [1, 0, 0] }, "9 numbers row by row; found 1, 0, 0");
        Refused(Augmentation, "takes masks of body parts, 25 classes with the background; task 'parts' has 26", [new PixelClassificationTask("parts", 26), .. tasks[1..]]);
        var surface = new DerivedTask("surface", new BodySurface(Body, 20), tasks[2], tasks[1]);
        var data = Data(144);
        var withSurface = new ImageData(data.Images, data.Size, 3, [.. data.Labels, new DerivedLabels(data.Labels[2], data.Labels[1])]);
        Refused(new(), "PoseTask must be 'pose', the pose that task 'surface' is derived from; found none", [.. tasks, surface], withSurface);
        var wide = new PixelStore(8 * 4 * 3);
        for (var row = 0; row < 4; row++) wide.Append(new byte[8 * 4 * 3]);
        Refused(new(), "takes square images, found 4 x 8", [new ClassificationTask("kind", 2)], new ImageData(wide, new ImageSize(4, 8), 3, [new ClassLabels([0, 1, 0, 1])]));
        Refused(new(), "is for images; the rows are features", [new ClassificationTask("kind", 2)], new TableData(new float[8], 2, [new ClassLabels([0, 1, 0, 1])]));
        Assert.That(() => (TestImages.Quick with { PersonAugmentation = new(), Augmentation = new() { HorizontalFlip = 0.5 } }).Validate(), Throws.ArgumentException.With.Message.Contains("Augmentation must be null where PersonAugmentation is set"));
    }

    private static TaskDefinition[] Tasks(int numbers) =>
    [
        new PixelClassificationTask("parts", 25), new RegressionTask("pose", numbers) { Scale = TargetScale.Common }, new RegressionTask("shape", 10), new PixelRegressionTask("depth"),
    ];

    /// <param name="numbers">Of the pose.</param>
    /// <param name="without">A row without mask, pose and depth.</param>
    private static ImageData Data(int numbers, int without = -1)
    {
        var (images, masks, maps) = (new PixelStore(Side * Side * 3), new PixelStore(Side * Side), new PixelStore(Side * Side * 4));
        var (poses, shapes) = (new List<float>(), new List<float>());
        for (var row = 0; row < Rows; row++)
        {
            var scene = Scenes[row];
            images.Append(scene.Image.Pixels);
            masks.Append(row == without ? [.. Enumerable.Repeat(PixelClassificationTask.Ignored, Side * Side)] : scene.Mask.Pixels);
            maps.Append(MemoryMarshal.AsBytes(row == without ? [.. Enumerable.Repeat(float.NaN, Side * Side)] : scene.Depth.Values.AsSpan()));
            var pose = numbers switch { 72 => scene.Body.AxisAngles, 144 => scene.Body.ToSix(), _ => Rotations.AxisAnglesToMatrices(scene.Body.AxisAngles) };
            poses.AddRange(row == without ? [.. Enumerable.Repeat(float.NaN, numbers)] : pose);
            shapes.AddRange(scene.Body.Shape);
        }
        return new ImageData(images, new ImageSize(Side, Side), 3, [new MaskLabels(masks, new(Side, Side)), new NumberLabels([.. poses], numbers), new NumberLabels([.. shapes], 10), new MapLabels(maps, new(Side, Side))]);
    }

    /// <summary>One batch of all rows in their order.</summary>
    private static (Batch Batch, TargetScaling?[] Scalings) First(PersonAugmentation? augmentation, int numbers, int epoch, int without = -1)
    {
        var (data, tasks) = (Data(numbers, without), Tasks(numbers));
        TargetScaling?[] scalings = [.. tasks.Select((task, k) => task.FitScale(data.Labels[k]))];
        using var batches = data.OpenBatches(new BatchOptions
        {
            Tasks = tasks, TargetScalings = scalings, InputScaling = data.FitInputScaling(), Augmentation = null, PersonAugmentation = augmentation, Seed = Seed,
        });
        batches.Begin(epoch, [[.. Enumerable.Range(0, Rows)]]);
        return (batches.Next(), scalings);
    }

    private static PersonView View(int row, int epoch) =>
        Augmentation.Changes.Draw(new PersonView(Side / 2.0, Side / 2.0, Side, Side), RunSeeds.Derive(RunSeeds.Derive(Seed, "augment", epoch), "row", row));

    private static float[] Matrices(float[] pose) =>
        pose.Length switch { 72 => Rotations.AxisAnglesToMatrices(pose), 144 => Rotations.SixToMatrices(pose), _ => pose };

    /// <summary>Share of the mask's pixels on or beside which the body with these rotations, where the view puts it, shows the mask's part.</summary>
    private static double Agreement(long[] mask, int row, PersonView view, float[] rotations)
    {
        var body = Scenes[row].Body;
        var root = Skinning.RestPoseJoints(body.Shape)[..3];
        // The view turns and mirrors the place of the root about the optical axis, and its size is the camera's focal length.
        var (x, y) = ((root[0] + body.Translation[0]) * (view.Flip ? -1 : 1), root[1] + body.Translation[1]);
        var (sine, cosine) = Math.SinCos(view.Degrees * Math.PI / 180);
        float[] translation = [(float)((cosine * x) - (sine * y) - root[0]), (float)((sine * x) + (cosine * y) - root[1]), body.Translation[2]];
        var camera = Generator.Camera with { FocalLength = Generator.Camera.FocalLength * Side / view.Side };
        var drawn = new BodyRenderer(Body).Render(Skinning.Pose(body.Shape, rotations, translation).Vertices, camera, new byte[3 * Body.VertexCount], new BodyLight(0, 0, -1, 1)).Mask.Pixels;
        var (same, all) = (0, 0);
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            if (mask[pixel] == 0) continue;
            all++;
            // Nearest pixels of two grids: an edge may lie one pixel further.
            for (var around = 0; around < 9; around++)
            {
                var (v, u) = ((pixel / Side) + (around / 3) - 1, (pixel % Side) + (around % 3) - 1);
                if (v < 0 || u < 0 || v >= Side || u >= Side || drawn[(v * Side) + u] != mask[pixel]) continue;
                same++;
                break;
            }
        }
        return same / (double)all;
    }
}
