using Ilt.Torch;
using Ilt.Torch.Tests;
using TorchSharp;

namespace Ilt.Mpi.Tests;

/// <summary>Ranks stop, fail and go on together.</summary>
public class RanksInStepTests
{
    private static readonly TrainingOptions Table = new() { Epochs = 6, BatchSize = 8, HiddenUnits = [8], Dropout = 0.3, LearningRate = 5e-3, Seed = 3 };

    [Test]
    public void Cancel_OneRank_StopsAllAfterTheSameStep()
    {
        var all = Train(3, Table, (rank, source, progress) => rank == 1 && progress is { Epoch: 2, RowsDone: 16 }, out _);
        Assert.That(all.Select(rank => rank.Failure), Is.All.Null);
        Assert.That(all.Select(rank => (rank.Value!.Completed, rank.Value.History.Count)), Is.All.EqualTo((false, 1)));
        Assert.That(all.Select(rank => Together.Describe(rank.Value!)).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Fail_OneRankAlone_EndsTheOthers()
    {
        var all = Train(3, Table, (rank, source, progress) => rank == 2 && progress.Epoch == 2 ? throw new TimeoutException("the disk is gone") : false, out var together);
        Assert.That(together.Aborted, Is.EqualTo("2: the disk is gone"));
        Assert.That(all.Select(rank => rank.Failure), Has.None.Null);
    }

    [Test]
    public void Diverge_InTheRowsOfOneRank_IsSaidByAll()
    {
        var all = Together.Train(2, TestTables.ClassAndNumber, TestTables.Table(40, 1), null, Table with { LearningRate = 1e12, GradientClipNorm = null });
        Assert.That(all.Select(rank => rank.Failure), Is.All.InstanceOf<TrainingDivergedException>());
        Assert.That(all.Select(rank => rank.Failure!.Message).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Begin_WithOtherData_IsRefusedOnAllRanks()
    {
        var all = ThreadRanks.Run(3, replicas => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, replicas.Rank == 2 ? 5 : 1), null, Table with { Replicas = replicas }));
        Assert.That(all.Select(rank => rank.Failure), Is.All.InstanceOf<RankFailedException>());
        Assert.That(all[0].Failure!.Message, Is.EqualTo(
            "Rank 2 of 3 cannot go on: it has another training before it than rank 0 (the training inputs differ; the training labels of task 'class' differ; the training labels of task 'number' differ); start all ranks with the same program, command and data."));
    }

    [Test]
    public void EndOfEpoch_WithAnotherNetwork_IsRefusedOnAllRanks()
    {
        var all = ThreadRanks.Run(2, replicas => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, Table with
        {
            Replicas = replicas, CustomWeighting = new("lopsided", _ => new Lopsided(replicas.Rank)),
        }));
        Assert.That(all.Select(rank => rank.Failure), Is.All.InstanceOf<RankFailedException>());
        Assert.That(all[0].Failure!.Message, Does.StartWith("Rank 1 of 2 cannot go on: after epoch 1 it has another network or other log-variances than rank 0"));
    }

    [Test]
    public void Begin_CustomNetworkWithBuffers_IsRefused()
    {
        var network = CustomNetworkDefinition.FromBackbone("own", (_, _) => TorchSharp.torch.nn.BatchNorm1d(4));
        var options = Table with { Network = network, HiddenUnits = null, Dropout = null };
        Assert.That(() => RankCheck.Share(new TrainingState(new(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, TrainingDefaults.Fill(options, 40, new InputShape(4), TestTables.ClassAndNumber))), new BatchPeers(new Two())),
            Throws.ArgumentException.With.Message.Contain("has the buffer 'backbone.running_mean'").Or.Message.Contain("running_mean"));
    }

    [TestCase(2, 2, true), TestCase(2, 3, false), TestCase(3, 1, false), TestCase(1, 2, false)]
    public void Resume_WithAnotherNumberOfRanks_GoesOn(int before, int after, bool toTheLastDigit)
    {
        using var folder = new Support.TempFolder();
        var options = Table with { Dropout = toTheLastDigit ? 0.3 : 0, Epochs = null, BatchSize = 32, Checkpoint = new(folder.Path("state")) };
        var whole = Together.Train(before, TestTables.ClassAndNumber, TestTables.Table(64, 1), null, options with { Checkpoint = null })[0].Value!;
        var cut = Train(before, options, (rank, source, progress) => rank == 0 && progress is { Fit: 2, Epoch: 3 }, out _, TestTables.Table(64, 1));
        Assert.That(cut.Select(rank => rank.Failure), Is.All.Null);
        Assert.That(CheckpointOptions.Exists(folder.Path("state")));
        var notes = new List<string>();
        var rest = ThreadRanks.Run(after, replicas => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(64, 1), null,
            options with { Replicas = replicas, Checkpoint = replicas.Rank == 0 ? options.Checkpoint! with { OnNote = notes.Add } : options.Checkpoint }));
        Assert.That(rest.Select(rank => rank.Failure), Is.All.Null);
        Assert.That(notes, Has.Some.Contains("of fit 2 of 3"));
        Assert.That(rest.Select(rank => Together.Describe(rank.Value!)).Distinct().Count(), Is.EqualTo(1));
        if (toTheLastDigit) Assert.That(Together.Describe(rest[0].Value!), Is.EqualTo(Together.Describe(whole)));
        Together.RequireNear(rest[0].Value!.Scores.NoiseScores(1).Select(s => (double)s), whole.Scores.NoiseScores(1).Select(s => (double)s), 0.02, "noise scores");
    }

    [Test]
    public void Alike_FailsOnOne_FailsOnAll()
    {
        var all = ThreadRanks.Run(3, replicas => replicas.Alike(() => replicas.Rank == 1 ? throw new IOException("row 7 cannot be read") : 1));
        Assert.That(all[1].Failure, Is.InstanceOf<IOException>());
        Assert.That(((int[])[0, 2]).Select(rank => all[rank].Failure!.Message), Is.All.EqualTo("Rank 1 of 3 cannot go on: row 7 cannot be read"));
    }

    [Test]
    public void BeginStep_OfAnotherRank_DrawsOtherUnits_TheSameInEveryRun()
    {
        var job = new TrainingJob(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, TrainingDefaults.Fill(Table, 40, new InputShape(4), TestTables.ClassAndNumber));
        var states = ((int[])[0, 1, 2, 1]).Select(rank =>
        {
            using var state = new TrainingState(job);
            state.BeginStep(rank);
            using var random = state.RandomState!;
            state.Model.Dispose();
            return Convert.ToHexString(random.bytes);
        }).ToArray();
        Assert.That(states.Distinct().Count(), Is.EqualTo(3));
        Assert.That(states[3], Is.EqualTo(states[1]));
    }

    [Test]
    public void AutomaticThreads_AreThoseOfTheFirstRank()
    {
        var notes = new System.Collections.Concurrent.ConcurrentBag<string>();
        var all = ThreadRanks.Run(2, replicas => MultiTaskTraining.Train(
            TestTables.ClassAndNumber, TestTables.Table(40, 1), null, Table with { Replicas = replicas, Threads = TrainingOptions.AutomaticThreads, OnNote = notes.Add }, new ThreadMeasuring(3, () => TimeSpan.Zero), default));
        Assert.That(all.Select(rank => rank.Failure), Is.All.Null);
        Assert.That(notes, Has.Some.EqualTo("threads: 1 (chosen: 2 ranks share the processors of this machine, and there is one for each at most)"));
        Assert.That(all.Select(rank => rank.Value!.EffectiveOptions.Threads), Is.All.EqualTo(1));
    }

    private static (TrainingResult? Value, Exception? Failure)[] Train(
        int ranks, TrainingOptions options, Func<int, CancellationTokenSource, BatchProgress, bool> cancels, out ThreadRanks together, TableData? table = null) =>
        ThreadRanks.Run(ranks, replicas =>
        {
            using var source = new CancellationTokenSource();
            return MultiTaskTraining.Train(TestTables.ClassAndNumber, table ?? TestTables.Table(40, 1), null, options with
            {
                Replicas = replicas,
                OnBatch = progress =>
                {
                    if (cancels(replicas.Rank, source, progress)) source.Cancel();
                },
            }, source.Token);
        }, out together);

    // Weighs otherwise on each rank, as processors of another kind might in the last digit.
    private sealed class Lopsided(int rank) : Weighting.ILossWeighting
    {
        public string Name => "lopsided";

        public double Objective(in Weighting.LossBatch batch) => 0;

        public void Weigh(in Weighting.LossBatch batch, Span<float> weights)
        {
            for (var i = 0; i < weights.Length; i++) weights[i] = float.IsNaN(batch.Losses[i]) ? 0 : 0.1f;
        }

        public void Save(BinaryWriter writer) => writer.Write(rank);

        public void Restore(BinaryReader reader) => reader.ReadInt32();
    }

    private sealed class Two : IReplicas
    {
        public int Rank => 0;

        public int Count => 2;

        public int CountHere => 2;

        public Action StartSum(float[] values) => () => { };

        public void Gather(float[] values, ReadOnlySpan<int> starts)
        {
        }

        public void Broadcast(Span<byte> values)
        {
        }

        public void Barrier()
        {
        }

        public void Abort(string reason)
        {
        }
    }
}
