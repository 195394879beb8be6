using Ilt.Torch;
using Ilt.Torch.Tests;

namespace Ilt.Mpi.Tests;

/// <summary>Ranks that each predict a part of the rows come to the losses and metrics of one rank.</summary>
public class MeasuringTogetherTests
{
    [Test]
    public void Evaluate_Images_OfEveryKind_IsThatOfOneRank([Values(1, 2, 3, 5)] int ranks, [Values(7, 16, 50, 64)] int rows) =>
        RequireSame(ranks, TestImages.AllKinds, TestImages.Make(20, 1), TestImages.Make(rows, 2), TestImages.Quick with { Epochs = 1 });

    [Test]
    public void Evaluate_Table_IsThatOfOneRank([Values(2, 3)] int ranks, [Values(43, 9000)] int rows) => RequireSame(ranks, Tasks, Table(64, 1), Table(rows, 2), Options);

    [Test]
    public void Train_WithValidation_EachRankPredictsItsPartOnly()
    {
        const int Ranks = 2;
        var results = ThreadRanks.Run(Ranks, replicas =>
        {
            computed = 0;
            MultiTaskTraining.Train(Tasks, Table(16, 1), Table(3 * RowsAtOnce, 2), Options with { Replicas = replicas }).Model.Dispose();
            return computed;
        });
        Assert.That(results.Select(result => result.Failure), Is.All.Null);
        // Of predictions and of labels, and of few training rows.
        Assert.That(results.Select(result => result.Value / (2 * RowsAtOnce)), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Measure_HeldOutRows_EachRankPredictsItsPart_AndAllHaveTheScoresOfOneRank()
    {
        const int Rows = (2 * RowsAtOnce) + 50;
        var data = Table(Rows, 2);
        using var model = MultiTaskTraining.Train(Tasks, Table(64, 1), null, Options).Model;
        var one = ThreadRanks.Run(1, Measure)[0].Value;
        var all = ThreadRanks.Run(3, Measure);
        Assert.That(all.Select(rank => rank.Failure), Is.All.Null);
        foreach (var (value, _) in all) Assert.That((value.Scores, value.Best), Is.EqualTo((one.Scores, one.Best)));
        Assert.That(all.Select(rank => rank.Value.Computed), Is.EqualTo(new[] { 2 * RowsAtOnce, 2 * RowsAtOnce, 2 * 50 }));

        (float[] Scores, double[] Best, int Computed) Measure(IReplicas replicas)
        {
            computed = 0;
            var curve = new HeldOutCurve(data, 5, [1, 1, 1, 1], Tasks, replicas);
            curve.Measure(0, model);
            curve.Measure(1, model);
            var scores = new float[Rows * Tasks.Length];
            curve.CopyScores([.. Enumerable.Range(0, Rows)], scores);
            return (scores, [.. Enumerable.Range(0, Tasks.Length).SelectMany(k => new[] { curve.BestLoss(k), curve.Unexplained(k) })], computed / 2);
        }
    }

    [Test]
    public void Evaluate_ARankFails_AllEnd()
    {
        using var model = MultiTaskTraining.Train(Tasks, Table(64, 1), null, Options).Model;
        var file = TestTables.FileOf(TestTables.Table(3 * RowsAtOnce, 2));
        var rows = new StreamedTable(file, Table(3 * RowsAtOnce, 2).Labels);
        var results = ThreadRanks.Run(2, replicas =>
        {
            if (replicas.Rank == 1) failsHere = true;
            return model.Evaluate(rows, replicas);
        });
        file.Dispose();
        Assert.That(results[0].Failure, Is.InstanceOf<RankFailedException>().With.Message.Contains("Rank 1 of 2 cannot go on: no more"));
        Assert.That(results[1].Failure, Is.InstanceOf<InvalidOperationException>().With.Message.EqualTo("no more"));
    }

    private const int RowsAtOnce = 4096; // of a table

    // Each rank is a thread.
    [ThreadStatic]
    private static int computed;

    [ThreadStatic]
    private static bool failsHere;

    private static readonly RegressionTask Number = new("number");

    private static readonly TaskDefinition[] Tasks = [new ClassificationTask("class", 3), Number, new CountTask("count"), new DerivedTask("square", TaskDerivation.FromFunction("square", _ => 1, Square), Number)];

    private static readonly TrainingOptions Options = new() { Epochs = 1, BatchSize = 8, HiddenUnits = [8], Dropout = 0, Seed = 3 };

    private static TorchSharp.torch.Tensor Square(IReadOnlyList<TorchSharp.torch.Tensor> sources)
    {
        if (failsHere) throw new InvalidOperationException("no more");
        computed += (int)sources[0].shape[0];
        return sources[0].mul(sources[0]);
    }

    private static TableData Table(int rows, int seed)
    {
        var (features, classes, numbers) = TestTables.Make(rows, seed);
        for (var row = 0; row < rows; row += 6) classes[row] = -1;
        var given = new NumberLabels(numbers);
        return new TableData(features, 4, [new ClassLabels(classes), given, new NumberLabels([.. classes.Select(c => c < 0 ? float.NaN : c * 2f)]), new DerivedLabels(given)]);
    }

    private static void RequireSame(int ranks, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData rows, TrainingOptions options)
    {
        using var model = MultiTaskTraining.Train(tasks, train, null, options).Model;
        var (losses, metrics) = (model.Losses(rows), model.Evaluate(rows));
        var all = ThreadRanks.Run(ranks, replicas => (Losses: model.Losses(rows, replicas), Metrics: model.Evaluate(rows, replicas)));
        Assert.That(all.Select(rank => rank.Failure), Is.All.Null);
        foreach (var (value, _) in all)
        {
            Assert.That(value.Losses, Is.EqualTo(losses), "to the last digit");
            Assert.That(value.Metrics, Is.EqualTo(all[0].Value.Metrics), "all ranks have one result, to the last digit");
            for (var k = 0; k < tasks.Count; k++)
            {
                Assert.That((value.Metrics[k].Task, value.Metrics[k].Count, value.Metrics[k].Loss), Is.EqualTo((metrics[k].Task, metrics[k].Count, metrics[k].Loss)));
                Assert.That(value.Metrics[k].Metrics.Select(metric => metric.Name), Is.EqualTo(metrics[k].Metrics.Select(metric => metric.Name)));
                foreach (var (found, expected) in value.Metrics[k].Metrics.Zip(metrics[k].Metrics))
                    Assert.That(found.Value, Is.EqualTo(expected.Value).Within(1e-8).Percent, $"{tasks[k].Name}: {found.Name}");
            }
        }
    }
}
