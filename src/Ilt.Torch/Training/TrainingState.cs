using System.Text.Json;
using System.Text.Json.Serialization;
using Ilt.Detection;
using Ilt.Parameters;
using Ilt.State;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// All that changes while a run goes on: the network and its optimiser, the weighting with the log-variances, the statistics of the rows, and how
/// far it has come. Saved and restored it goes on bit for bit. What follows from data and options (scales, order of the rows, random changes of
/// images, all drawn from the seed, the epoch and the row) is made anew.
/// </summary>
internal sealed class TrainingState : IStateful, IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly TrainingJob job;

    public TrainingState(TrainingJob job)
    {
        this.job = job;
        var (tasks, train, _, options) = job;
        var memory = options.MemoryBudget();
        var scalings = tasks.Select((task, k) => task.FitScale(train.Labels[k])).ToArray();
        References = [.. tasks.Select((task, k) => task.ScaledReferenceLoss(train.Labels[k], scalings[k]))];
        var weightingTasks = tasks.Select((task, k) => new WeightingTask(task.Name, task.Coefficient, References[k])
        {
            HasLogits = task.HasLogits,
            ClassCount = train.Labels[k].RowClasses.IsEmpty ? 0 : task.Channels,
            Classes = train.Labels[k].RowClasses,
            KnownRight = train.KnownRight?[k],
        }).ToArray();
        Weighting = job.Weighting
            ?? options.CreateWeighting(new WeightingContext(train.RowCount, weightingTasks, options.Epochs!.Value, RunSeeds.Derive(options.Seed, "weighting")) { Memory = memory });
        Parameters = (Weighting as InstanceLevelWeighting)?.Parameters;
        Variances = Parameters is null ? null : new LogVarianceHistory([.. options.WatchedRows]);
        Statistics = new LossStatistics(train.RowCount, tasks.Count, job.Length?.Tasks.Select(task => task.Epochs).ToArray(), memory);
        Sums = new LossSums(tasks.Count);
        var seed = job.NetworkSeed ?? options.Seed;
        Model = new MultiTaskModel(tasks, options.Network!, train.Input, train.FitInputScaling(), scalings, RunSeeds.Derive(seed, "weights"), job.Compute);
        SeedDropout(RunSeeds.Derive(seed, "dropout"));
        Optimiser = new AdamW(Network.parameters(), options.WeightDecay!.Value);
    }

    /// <summary>Per task, c_k times the loss of a constant prediction.</summary>
    public double[] References { get; }

    public MultiTaskModel Model { get; }

    public nn.Module<Tensor, Tensor[]> Network => Model.Network;

    public AdamW Optimiser { get; }

    public ILossWeighting Weighting { get; }

    /// <summary>The log-variances; null unless they are learned.</summary>
    public InstanceTaskParameters? Parameters { get; }

    /// <summary>What the weighting learns of each row, the log-variances among it; null where it learns nothing of rows.</summary>
    public InstanceTaskParameters? Instances => (Weighting as IInstanceWeighting)?.Parameters;

    public LogVarianceHistory? Variances { get; }

    public LossStatistics Statistics { get; }

    /// <summary>Of the epoch under way.</summary>
    public LossSums Sums { get; }

    /// <summary>One entry per finished epoch.</summary>
    public List<EpochReport> History { get; } = [];

    /// <summary>Networks of the second half of the run, which look into label images.</summary>
    public List<NetworkState> Snapshots { get; } = [];

    /// <summary>The network to go back to in the end; null: the last one.</summary>
    public NetworkState? Best { get; private set; }

    /// <summary>The epoch of <see cref="Best"/>, from 1.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Its validation loss.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The epoch under way, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Steps of it that are done.</summary>
    public int Step { get; set; }

    /// <summary>Whether it ended before its last epoch.</summary>
    public bool Ended { get; set; }

    /// <summary>Time spent before it was last restored.</summary>
    public TimeSpan Before { get; private set; }

    /// <summary>Time spent; set before it is saved.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>
    /// Before the forward pass: other ranks than the first draw their dropout anew in each step, from the seed, the rank and the step, so that a checkpoint
    /// of the first rank serves all.
    /// </summary>
    public void BeginStep(int rank)
    {
        if (rank > 0) SeedDropout(RunSeeds.Derive(RunSeeds.Derive(job.NetworkSeed ?? job.Options.Seed, "dropout", rank), "step", Optimiser.Steps));
    }

    private void SeedDropout(int seed)
    {
        if (Network is MultiHeadMlp mlp) mlp.SeedDropout(seed);
        else if (IsCustom) random.manual_seed(seed);
    }

    /// <summary>Keeps the network as it is now.</summary>
    public void KeepBest(double loss = double.PositiveInfinity) => (Best, BestEpoch, BestLoss) = (NetworkState.Capture(Network), Epoch + 1, loss);

    /// <summary>Whether what is learned of rows is, in part, in scratch files.</summary>
    public bool IsInFile => Statistics.IsInFile || Instances?.IsInFile == true;

    /// <summary>Has another thread ask for what is on disk of the batch that comes after the one under way, and of the first one.</summary>
    /// <param name="plan">The batches of the epoch.</param>
    public void RequestPages(int[][] plan)
    {
        if (!IsInFile) return;
        foreach (var batch in plan.Skip(Step == 0 ? 0 : Step + 1).Take(Step == 0 ? 2 : 1))
        {
            var (rows, statistics, instances) = (batch, Statistics, Instances);
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                statistics.RequestPages(rows);
                instances?.RequestPages(rows);
            }, null);
        }
    }

    /// <summary>Goes on to the next epoch.</summary>
    public void EndEpoch()
    {
        (Epoch, Step) = (Epoch + 1, 0);
        Sums.Clear();
    }

    private bool IsCustom => job.Options.Network is CustomNetworkDefinition;

    public void Save(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<int>)[Epoch, Step, BestEpoch]) writer.Write(number);
        writer.Write(BestLoss);
        writer.Write(Ended);
        writer.Write(Elapsed.Ticks);
        writer.Write(JsonSerializer.Serialize(History, Json));
        TensorState.Save(writer, Network);
        SaveRandom(writer);
        foreach (var part in Parts) part.Save(writer);
        writer.Write(Snapshots.Count);
        foreach (var snapshot in Snapshots) snapshot.Write(writer);
        writer.Write(Best is not null);
        Best?.Write(writer);
    }

    public void Restore(BinaryReader reader)
    {
        (Epoch, Step, BestEpoch) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        BestLoss = reader.ReadDouble();
        Ended = reader.ReadBoolean();
        Before = Elapsed = new TimeSpan(reader.ReadInt64());
        History.AddRange(JsonSerializer.Deserialize<List<EpochReport>>(reader.ReadString(), Json)!);
        TensorState.Restore(reader, Network);
        RestoreRandom(reader);
        foreach (var part in Parts) part.Restore(reader);
        for (var left = reader.ReadInt32(); left > 0; left--) Snapshots.Add(NetworkState.Read(reader));
        Best = reader.ReadBoolean() ? NetworkState.Read(reader) : null;
    }

    private IEnumerable<IStateful> Parts => Variances is null ? [Optimiser, Weighting, Statistics, Sums] : [Optimiser, Weighting, Statistics, Sums, Variances];

    /// <summary>
    /// Where dropout stands in its sequence of random numbers: the perceptron draws from a generator of its own, a custom network from torch's. null where
    /// nothing is drawn; what is read, the caller disposes.
    /// </summary>
    public Tensor? RandomState
    {
        get => Network is MultiHeadMlp mlp ? mlp.DropoutState : IsCustom ? random.get_rng_state() : null;
        set
        {
            if (Network is MultiHeadMlp mlp) mlp.DropoutState = value!;
            else random.set_rng_state(value!);
        }
    }

    private void SaveRandom(BinaryWriter writer)
    {
        using var state = RandomState;
        if (state is null) writer.WriteArray<byte>([]);
        else TensorState.Save(writer, state);
    }

    private void RestoreRandom(BinaryReader reader)
    {
        if (reader.ReadArray<byte>() is not { Length: > 0 } bytes) return;
        using var state = Tensors.From(bytes, bytes.Length);
        RandomState = state;
    }

    /// <summary>Frees the optimiser; the model is the run's result.</summary>
    public void Dispose() => Optimiser.Dispose();
}
