using BenchmarkDotNet.Attributes;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>Single functions that are called for every batch, row or image; each gives something back, so that nothing is left out.</summary>
public class Kernels
{
    private const int Rows = 1_000_000, Ranked = 100_000, Side = 256, Classes = 20, BatchCount = 500, TotalEpochs = 20, Epoch = 12;

    private Batches batches = null!;
    private InstanceTaskParameters parameters = null!;
    private InstanceLevelWeighting weighting = null!;
    private LossStatistics statistics = null!;
    private float[] weights = [];
    private float[] scores = [];
    private bool[] wrong = [];
    private byte[] mask = [];
    private int next;

    /// <summary>Makes what they work on.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        batches = new Batches(Rows, BatchCount);
        parameters = new InstanceTaskParameters(Rows, Batches.Tasks, InstanceTaskParameterOptions.Paper);
        weighting = new InstanceLevelWeighting(Rows, [.. Enumerable.Range(0, Batches.Tasks).Select(k => new WeightingTask($"task{k}", 1, 1))], TotalEpochs, new InstanceTaskParameterOptions());
        weighting.BeginEpoch(Epoch);
        statistics = new LossStatistics(Rows, Batches.Tasks);
        weights = new float[Batches.RowsPerBatch * Batches.Tasks];
        var random = new Random(1);
        scores = [.. Enumerable.Range(0, Ranked).Select(_ => random.NextSingle())];
        wrong = [.. Enumerable.Range(0, Ranked).Select(_ => random.Next(5) == 0)];
        var image = new ByteImage(Side, Side, 1, [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i / Side / 16 * (i % Side / 16) % Classes))]);
        using var stream = new MemoryStream();
        PngWriter.Write(stream, image);
        mask = stream.ToArray();
    }

    /// <summary>A sparse step of the log-variances: 256 rows x 4 tasks of 1,000,000 rows.</summary>
    [Benchmark]
    public float SparseStep()
    {
        var number = next++;
        parameters.Step(batches.Rows(number), batches.Losses(number));
        return parameters[batches.Rows(number)[0], 0];
    }

    /// <summary>The weights of a batch of 256 rows x 4 tasks from log-variances of 1,000,000 rows.</summary>
    [Benchmark]
    public float Weigh()
    {
        var number = next++;
        weighting.Weigh(new LossBatch(batches.Rows(number), Batches.Tasks, batches.Losses(number)), weights);
        return weights[0];
    }

    /// <summary>What is remembered of the losses of such a batch.</summary>
    [Benchmark]
    public float Record()
    {
        var number = next++;
        statistics.Record(Epoch, new LossBatch(batches.Rows(number), Batches.Tasks, batches.Losses(number)), batches.Losses(number));
        return statistics.LastLoss(batches.Rows(number)[0], 0);
    }

    /// <summary>Average precision of 100,000 scores.</summary>
    [Benchmark]
    public double AveragePrecision() => DetectionMetrics.AveragePrecision(scores, wrong);

    /// <summary>Area under the ROC curve of 100,000 scores.</summary>
    [Benchmark]
    public double RocAuc() => DetectionMetrics.RocAuc(scores, wrong);

    /// <summary>Decoding a mask of 256 x 256 pixels from PNG.</summary>
    [Benchmark]
    public int DecodeMask()
    {
        using var stream = new MemoryStream(mask);
        return LabelPng.Read(stream, "mask").Width;
    }
}
