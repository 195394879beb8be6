using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Benchmarks;

/// <summary>
/// What saving and loading a model costs, by <c>mlContext.Model.Save</c> and <c>mlContext.MultiTask.LoadModel</c>, beside what the
/// bytes of its parameters cost: in a plain file, and compressed as ML.NET compresses every part of a model file.
/// </summary>
internal static class ModelFileBenchmark
{
    private const int Features = 16;

    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("A model of n parameters in a file. Memory: the most the process took beyond what it had at the start, in sizes of the parameters;");
        Console.WriteLine("after loading, one of them is the network itself.");
        Console.WriteLine("| n | what | save s | memory | load s | memory | file MB |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var parameters in quick ? (int[])[10_000] : [100_000, 1_000_000, 9_000_000, 41_700_000])
            Measure(parameters, quick ? 1 : 3);
    }

    private static void Measure(int parameters, int repetitions)
    {
        var folder = Directory.CreateTempSubdirectory("ilt-benchmark-");
        try
        {
            var path = Path.Combine(folder.FullName, "model");
            var ml = new MLContext(seed: 1);
            var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 32).Select(Row.Of));
            using var model = Train(ml, data, parameters);
            var bytes = parameters * sizeof(float);
            Print(parameters, "model", bytes, path, repetitions, () => ml.Model.Save(model, data.Schema, path), () => (IDisposable)new MLContext(seed: 1).MultiTask.LoadModel(path, out _));
            var content = Content(parameters);
            Print(parameters, "bytes, plain", bytes, path, repetitions, () => File.WriteAllBytes(path, content), () => Ignore(File.ReadAllBytes(path)));
            Print(parameters, "bytes, compressed", bytes, path, repetitions, () => Compress(content, path), () => Ignore(Decompress(path, content.Length)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A network of two hidden layers of equal width; one step, since only its size matters.
    private static MultiTaskTransformer Train(MLContext ml, IDataView data, int parameters)
    {
        var width = (int)Math.Round((Math.Sqrt(((Features + 2.0) * (Features + 2.0)) + (4.0 * parameters)) - (Features + 2)) / 2);
        return ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Regression("number", "Number")],
            Training = new TrainingOptions { Epochs = 1, BatchSize = 32, HiddenUnits = [width, width], Seed = 1 },
        }).Fit(data);
    }

    private static void Print(int parameters, string what, long bytes, string path, int repetitions, Action save, Func<IDisposable?> load)
    {
        var saves = Enumerable.Range(0, repetitions).Select(_ => Peak(() => { save(); return null; })).ToArray();
        var size = new FileInfo(path).Length;
        var loads = Enumerable.Range(0, repetitions).Select(_ => Peak(load)).ToArray();
        Console.WriteLine(FormattableString.Invariant(
            $"| {parameters:N0} | {what} | {saves.Min(s => s.Seconds):F2} | {Memory(saves)} | {loads.Min(s => s.Seconds):F2} | {Memory(loads)} | {size / 1e6:F1} |"));

        // A small model is lost in what the process takes anyhow.
        string Memory((double Seconds, long Bytes)[] runs) =>
            bytes < 10_000_000 || runs[0].Bytes == 0 ? "" : FormattableString.Invariant($"{runs.Max(r => r.Bytes) / (double)bytes:F2}");
    }

    private static (double Seconds, long Bytes) Peak(Func<IDisposable?> use)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = PeakMemory.Reset();
        var clock = Stopwatch.StartNew();
        using var result = use();
        return (clock.Elapsed.TotalSeconds, before == 0 ? 0 : PeakMemory.Highest() - before);
    }

    private static byte[] Content(int parameters)
    {
        var random = new Random(1);
        var values = new float[parameters];
        for (var i = 0; i < values.Length; i++) values[i] = (random.NextSingle() - 0.5f) * 0.05f;
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static void Compress(byte[] content, string path)
    {
        using var stream = new DeflateStream(File.Create(path), CompressionLevel.Optimal);
        stream.Write(content);
    }

    private static byte[] Decompress(string path, int length)
    {
        var content = new byte[length];
        using var stream = new DeflateStream(File.OpenRead(path), CompressionMode.Decompress);
        stream.ReadExactly(content);
        return content;
    }

    private static IDisposable? Ignore(byte[] content)
    {
        GC.KeepAlive(content);
        return null;
    }

    private sealed class Row
    {
        [VectorType(ModelFileBenchmark.Features)]
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public static Row Of(int number)
        {
            var random = new Random(number);
            return new Row { Features = [.. Enumerable.Range(0, ModelFileBenchmark.Features).Select(_ => random.NextSingle())], Number = random.NextSingle() };
        }
    }
}
