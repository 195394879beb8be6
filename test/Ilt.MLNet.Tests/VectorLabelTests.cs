using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Labels of many numbers per row: their scale, their loss, missing and broken components.</summary>
public sealed class VectorLabelTests
{
    private const int Shapes = 10, PoseNumbers = 144;
    private static readonly MLContext Ml = new(1);

    private static MultiTaskTrainer.Options Options(params TaskColumn[] tasks) => new()
    {
        Tasks = tasks,
        IdColumnName = "Id",
        Training = new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [32], Seed = 1 },
    };

    [Test]
    public void Fit_ManyNumbersOfOneUnit_AreLearnedWithConstantOnesAmongThem()
    {
        using var model = Ml.MultiTask.Train(Options(TaskColumn.Regression("shape", "Shape"), TaskColumn.Regression("pose", "Pose", scale: TargetScale.Common))).Fit(Data());
        var view = model.Transform(Data());
        Assert.That(view.Schema["shape.Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Shapes)));
        Assert.That(view.Schema["pose.Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, PoseNumbers)));
        var predicted = Pipelines.Column<float[]>(view, "pose.Score");
        var errors = Rows().Zip(predicted).Select(pair => pair.First.Pose.Zip(pair.Second, (a, b) => (a - b) * (a - b)).Average()).ToArray();
        Assert.That(Math.Sqrt(errors.Average()), Is.LessThan(0.15), "the varying half has a standard deviation of about 0.6");
    }

    [Test]
    public void Fit_ConstantComponent_IsRefusedOnTheBentScaleOnly()
    {
        Assert.That(() => Ml.MultiTask.Train(Options(TaskColumn.Regression("pose", "Pose"))).Fit(Data()),
            Throws.InvalidOperationException.With.Message.Contains("Task 'pose' (label column 'Pose') has the constant target 1 in slot 1"));
        var rows = Rows();
        rows.ForEach(row => row.Pose = new float[PoseNumbers]);
        Assert.That(() => Ml.MultiTask.Train(Options(TaskColumn.Regression("pose", "Pose", scale: TargetScale.Common))).Fit(Ml.Data.LoadFromEnumerable(rows)),
            Throws.InvalidOperationException.With.Message.Contains("has the constant target 0 in slot 1"));
    }

    [Test]
    public void Fit_ScaleLeftOpen_IsCommonForABodyAndForRotationsOnly()
    {
        using var body = Ml.MultiTask.Train(Person.Options with { Training = Person.Options.Training with { Epochs = 1 } }).Fit(Person.Data(Ml, 20));
        Assert.That(Scales(body), Is.EqualTo((TargetScale?[])[TargetScale.Common, TargetScale.Common, null]));
        var bent = Person.Options with { Tasks = [Person.ShapeTask with { Scale = TargetScale.Bent }, Person.PoseTask, Person.SurfaceTask], Training = new TrainingOptions { Epochs = 1 } };
        using var set = Ml.MultiTask.Train(bent).Fit(Person.Data(Ml, 20));
        Assert.That(Scales(set), Is.EqualTo((TargetScale?[])[TargetScale.Bent, TargetScale.Common, null]));
        var rotations = Person.Options with { Tasks = [Person.ShapeTask, TaskColumn.Regression("pose", "Pose", loss: RegressionLoss.RotationMatrices)], Training = new TrainingOptions { Epochs = 1 } };
        using var matrices = Ml.MultiTask.Train(rotations).Fit(Person.Data(Ml, 20));
        Assert.That(Scales(matrices), Is.EqualTo((TargetScale?[])[TargetScale.Bent, TargetScale.Common]));
        Assert.That(((RegressionTask)matrices.Fitted.Model.Tasks[1]).Loss, Is.EqualTo(RegressionLoss.RotationMatrices));

        static IEnumerable<TargetScale?> Scales(MultiTaskTransformer model) => model.Fitted.Model.Tasks.Select(task => (task as RegressionTask)?.Scale);
    }

    [Test]
    public void Fit_NaNComponent_LeavesTheRowOutOfThatTask()
    {
        var rows = Rows();
        rows[7].Pose[143] = float.NaN;
        var options = Options(TaskColumn.Regression("shape", "Shape"), TaskColumn.Regression("pose", "Pose", scale: TargetScale.Common));
        using var model = Ml.MultiTask.Train(options with { Training = options.Training with { Epochs = 1 } }).Fit(Ml.Data.LoadFromEnumerable(rows));
        var view = model.Transform(Ml.Data.LoadFromEnumerable(rows));
        Assert.That(Array.FindAll(Pipelines.Column<float>(view, "pose.NoiseScore"), float.IsNaN), Has.Length.EqualTo(1));
        Assert.That(Pipelines.Column<float>(view, "pose.NoiseScore")[7], Is.NaN);
        Assert.That(Pipelines.Column<float>(view, "shape.NoiseScore"), Has.None.NaN);
    }

    [Test]
    public void Fit_InfiniteComponent_NamesRowIdColumnAndSlot()
    {
        var rows = Rows();
        rows[7].Pose[143] = float.NegativeInfinity;
        Assert.That(() => Ml.MultiTask.Train(Options(TaskColumn.Regression("pose", "Pose", scale: TargetScale.Common))).Fit(Ml.Data.LoadFromEnumerable(rows)),
            Throws.InvalidOperationException.With.Message.Contains("Training row 8 (id 'v8'): label column 'Pose', slot 144, is infinite"));
    }

    private static IDataView Data() => Ml.Data.LoadFromEnumerable(Rows());

    // Pose: the even components are 1 in all rows.
    private static List<Row> Rows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(1, 160).Select(i =>
        {
            var (a, b) = ((float)((2 * random.NextDouble()) - 1), (float)((2 * random.NextDouble()) - 1));
            return new Row
            {
                Id = $"v{i}",
                Features = [a, b],
                Shape = [.. Enumerable.Range(0, Shapes).Select(d => a + (0.1f * d * b))],
                Pose = [.. Enumerable.Range(0, PoseNumbers).Select(d => d % 2 == 0 ? 1 : d % 3 == 0 ? a : b)],
            };
        })];
    }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [VectorType(Shapes)]
        public float[] Shape { get; set; } = [];

        [VectorType(PoseNumbers)]
        public float[] Pose { get; set; } = [];
    }
}
