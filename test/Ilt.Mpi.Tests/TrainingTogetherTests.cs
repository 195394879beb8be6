using Ilt.Imaging;
using Ilt.Torch;
using Ilt.Torch.Tests;
using Ilt.Weighting;

namespace Ilt.Mpi.Tests;

/// <summary>Ranks that each compute a part of every batch come to what one rank comes to.</summary>
public class TrainingTogetherTests
{
    private static readonly TrainingOptions Table = new() { Epochs = 4, BatchSize = 8, HiddenUnits = [8], Dropout = 0, LearningRate = 5e-3, Seed = 3 };

    private static IEnumerable<LossWeightingKind> Weightings => Enum.GetValues<LossWeightingKind>();

    [TestCaseSource(nameof(Weightings))]
    public void Train_Table_IsThatOfOneRank_UnderEveryWeighting(LossWeightingKind weighting)
    {
        var data = Tables.WithMissing(45);
        Together.RequireSame(3, TestTables.ClassAndNumber, data, null, Table with { Weighting = weighting });
    }

    [TestCase(2, 8), TestCase(3, 7), TestCase(4, 2), TestCase(4, 3), TestCase(5, 64)]
    public void Train_TableOfUnevenBatches_IsThatOfOneRank(int ranks, int batch) =>
        Together.RequireSame(ranks, TestTables.ClassAndNumber, Tables.WithMissing(43), null, Table with { BatchSize = batch });

    [TestCase(2, 8), TestCase(3, 5), TestCase(4, 2)]
    public void Train_ImagesWithBatchNormalization_IsThatOfOneRank(int ranks, int batch) =>
        Together.RequireSame(ranks, TestImages.AllKinds, TestImages.Make(19, 1), TestImages.Make(8, 2), TestImages.Quick with { Epochs = 2, BatchSize = batch, Augmentation = new() { HorizontalFlip = 0.5, Brightness = 0.3 } });

    [TestCase(LossWeightingKind.ExcessRisk), TestCase(LossWeightingKind.FastAdaptive), TestCase(LossWeightingKind.DataParameters)]
    public void Train_ImagesUnderWeightingsThatAskForMore_IsThatOfOneRank(LossWeightingKind weighting) =>
        Together.RequireSame(3, [.. TestImages.AllKinds[..3]], Images.Of(19, 1, 3), null, TestImages.Quick with { Epochs = 2, BatchSize = 5, Weighting = weighting });

    [Test]
    public void Train_OpenLength_FindsThatOfOneRank()
    {
        var (one, ranks) = Together.RequireSame(2, TestTables.ClassAndNumber, TestTables.Table(64, 1), null, Table with { Epochs = null, BatchSize = 32 }, tolerance: 0.02);
        Assert.That(ranks.Lengths!.Select(length => length.Epochs), Is.EqualTo(one.Lengths!.Select(length => length.Epochs)));
    }

    [Test]
    public void Train_EarlyStopping_EndsInTheSameEpoch()
    {
        // Validation labels that contradict the training's: the first epoch is the best one.
        var (features, classes, numbers) = TestTables.Make(20, 2);
        var other = new TableData(features, 4, [new ClassLabels([.. classes.Select(c => (c + 1) % 3)]), new NumberLabels([.. numbers.Select(n => 2000 - n)])]);
        var (one, ranks) = Together.RequireSame(3, TestTables.ClassAndNumber, TestTables.Table(40, 1), other, Table with { Epochs = 12, EarlyStoppingPatience = 2 });
        Assert.That((ranks.BestEpoch, ranks.History.Count), Is.EqualTo((one.BestEpoch, one.History.Count)));
        Assert.That(ranks.History, Has.Count.LessThan(12));
    }

    [Test]
    public void Train_Dropout_IsTheSameAgain()
    {
        var options = Table with { Dropout = 0.4 };
        var (first, second) = (Train(), Train());
        Assert.That(second, Is.EqualTo(first));

        string Train() => Together.Describe(Together.Train(3, TestTables.ClassAndNumber, TestTables.Table(40, 1), null, options)[0].Value!);
    }

    [Test]
    public void Train_TwoRanks_HandOverLossesMarginsAndGradientsOnly()
    {
        const int Rows = 40, Batch = 8, Ranks = 2, Tasks = 2;
        var network = 4 * 8 + 8 + (8 * 3 + 3) + (8 * 1 + 1);
        var given = new long[Ranks];
        ThreadRanks.Run(Ranks, replicas =>
        {
            var steps = new List<long>();
            using var model = MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(Rows, 1), null, Table with
            {
                Replicas = replicas, Epochs = 1, BatchSize = Batch, OnBatch = _ => steps.Add(((ThreadRanks.OfRank)replicas).Given),
            }).Model;
            return given[replicas.Rank] = steps[2] - steps[1];
        });
        // Of half of the rows loss, margin and whether there is a label; and one number each whether to stop, and whether a row could not be read.
        Assert.That(given, Is.All.EqualTo(network + (Batch / Ranks * Tasks * 3) + 2));
    }

    [Test]
    public void Train_ImagesInTwoRanks_HandOverBatchStatisticsBeside()
    {
        const int Batch = 8, Ranks = 2;
        var given = new long[Ranks];
        var (numbers, channels, layers) = (0L, 0L, 0);
        ThreadRanks.Run(Ranks, replicas =>
        {
            var steps = new List<long>();
            using var model = MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(24, 1), null, TestImages.Quick with
            {
                Replicas = replicas, Epochs = 1, BatchSize = Batch, OnBatch = _ => steps.Add(((ThreadRanks.OfRank)replicas).Given),
            }).Model;
            if (replicas.Rank == 0)
            {
                var norms = model.Network.modules().OfType<BatchNorm>().ToArray();
                (numbers, channels, layers) = (model.Network.parameters().Sum(parameter => parameter.NumberOfElements), norms.Sum(norm => norm.get_parameter("weight")!.NumberOfElements), norms.Length);
            }
            return given[replicas.Rank] = steps[1] - steps[0];
        });
        Assert.That(layers, Is.GreaterThan(3));
        // On the way forward mean and variance of every channel and the number of values, on the way back two sums.
        Assert.That(given, Is.All.EqualTo(numbers + (4 * channels) + layers + (Batch / Ranks * TestImages.AllKinds.Length * 3) + 2));
    }
}
