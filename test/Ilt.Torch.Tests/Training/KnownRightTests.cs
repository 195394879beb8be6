namespace Ilt.Torch.Tests.Training;

/// <summary>Rows that a person has found right, from the data to the log-variances.</summary>
public class KnownRightTests
{
    private static readonly bool[] Known = [.. Enumerable.Range(0, 64).Select(row => row % 4 == 0)];

    [Test]
    public void Train_KnownRight_HasTheMedianS_ForItsTaskOnly()
    {
        var scores = Scores(Data(Known));

        var held = Enumerable.Range(0, 64).Where(row => Known[row]).Select(row => scores.LogVariance(row, 0)).Distinct().ToArray();
        Assert.That(held, Has.Length.EqualTo(1));
        Assert.That(held[0], Is.InRange(-4, -0.01f));
        Assert.That(Enumerable.Range(0, 64).Select(row => scores.LogVariance(row, 1)).Distinct().Count(), Is.GreaterThan(32));
    }

    [Test]
    public void Train_NothingKnown_IsBitEqual()
    {
        var (plain, said) = (Scores(Data(null)), Scores(Data(new bool[64])));

        Assert.That(Data(new bool[64]).KnownRight, Is.Null, "nothing is said");
        for (var row = 0; row < 64; row++)
            Assert.That((said.LogVariance(row, 0), said.NoiseScore(row, 1)), Is.EqualTo((plain.LogVariance(row, 0), plain.NoiseScore(row, 1))));
    }

    [Test]
    public void Subset_OfTablesAndImages_KeepsWhatIsKnown()
    {
        var half = Data(Known).Subset([4, 5, 0]);
        Assert.That(half.KnownRight![0], Is.EqualTo((bool[])[true, false, true]));
        Assert.That(half.KnownRight[1], Is.Null);
        Assert.That(Data(Known).WithLabels(Data(null).Labels).KnownRight, Is.Null, "it was said of other labels");
        var images = TestImages.Make(8, 1);
        images = new ImageData(images.Images, images.Size, 3, images.Labels) { KnownRight = [null, null, null, [true, .. new bool[7]]] };
        Assert.That(images.Subset([1, 0]).KnownRight![3], Is.EqualTo((bool[])[false, true]));
    }

    [Test]
    public void KnownRight_OfOtherRows_IsRefused() =>
        Assert.That(() => Data([true]), Throws.ArgumentException.With.Message.Contains("64 rows"));

    [TestCase(3), TestCase(12), TestCase(40)]
    public void Train_Cancelled_ResumesBitForBit_AndRefusesOtherReviews(int steps)
    {
        var folder = Directory.CreateTempSubdirectory("ilt-known-").FullName;
        try
        {
            var checkpoint = new CheckpointOptions(Path.Combine(folder, "run")) { Interval = TimeSpan.Zero };
            var expected = Scores(Data(Known));
            using (var cancel = new CancellationTokenSource())
            {
                var done = 0;
                using var cut = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, Data(Known), null, Options with
                {
                    Checkpoint = checkpoint, OnBatch = _ => { if (++done == steps) cancel.Cancel(); },
                }, cancel.Token));
                Assert.That(cut.Value.Completed, Is.False);
            }

            bool[] other = [.. Known];
            other[1] = true;
            Assert.That(() => Scores(Data(other), checkpoint), Throws.InstanceOf<CheckpointMismatchException>()
                .With.Property("Differences").EqualTo(new[] { "the training rows known to be right of task 'class' differ" }));
            Assert.That(() => Scores(Data(null), checkpoint), Throws.InstanceOf<CheckpointMismatchException>()
                .With.Property("Differences").EqualTo(new[] { "the training rows known to be right of task 'class': only there" }));
            var resumed = Scores(Data(Known), checkpoint);
            for (var row = 0; row < 64; row++)
                for (var k = 0; k < 2; k++)
                    Assert.That((resumed.LogVariance(row, k), resumed.NoiseScore(row, k)), Is.EqualTo((expected.LogVariance(row, k), expected.NoiseScore(row, k))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static readonly TrainingOptions Options = new() { Epochs = 12, BatchSize = 16, LearningRate = 1e-2, HiddenUnits = [8], Seed = 3 };

    private static TableData Data(bool[]? known)
    {
        var table = TestTables.Table(64, 1);
        return new TableData(table.Features, table.FeatureCount, table.Labels) { KnownRight = [known, null] };
    }

    private static InstanceScores Scores(TableData data, CheckpointOptions? checkpoint = null)
    {
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, data, null, Options with { Checkpoint = checkpoint }));
        return result.Value.Scores;
    }
}
