using System.Runtime.InteropServices;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Onnx.Tests;

/// <summary>Small trained models of every kind of task, on tables and on images, whose labels stand far from zero and in other units.</summary>
internal static class Models
{
    public const int Features = 5;

    public static readonly TaskDefinition[] TableTasks =
    [
        new ClassificationTask("class", 3), new RegressionTask("bent"), new RegressionTask("common", 2) { Scale = TargetScale.Common },
        new RegressionTask("several", 3), new CountTask("count"),
    ];

    public static readonly TaskDefinition[] ImageTasks =
    [
        new PixelClassificationTask("mask", 3), new ClassificationTask("class", 2), new PixelRegressionTask("map"), new CountTask("count"), new RegressionTask("number"),
    ];

    /// <summary>A table model. Features are not scaled: the network reads them as they are.</summary>
    public static MultiTaskModel Table(NetworkDefinition network, int seed = 1)
    {
        const int Rows = 160;
        var random = new Random(seed);
        var features = new float[Rows * Features];
        var (classes, bent, common, several, counts) = (new int[Rows], new float[Rows], new float[2 * Rows], new float[3 * Rows], new float[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var x = features.AsSpan(row * Features, Features);
            foreach (ref var value in x) value = (float)((random.NextDouble() * 4) - 2);
            classes[row] = x[0] < -0.6 ? 0 : x[0] < 0.6 ? 1 : 2;
            bent[row] = 120_000 + (40_000 * x[1]);
            (common[2 * row], common[(2 * row) + 1]) = (-3 + x[2], 7 + (2 * x[3]));
            for (var d = 0; d < 3; d++) several[(3 * row) + d] = (float)Math.Pow(10, d) * (1 + x[d] + (x[4] * x[4]));
            counts[row] = (float)Math.Round(20 * Math.Exp(x[4] / 2));
        }
        var data = new TableData(features, Features, [new ClassLabels(classes), new NumberLabels(bent), new NumberLabels(common, 2), new NumberLabels(several, 3), new NumberLabels(counts)]);
        return MultiTaskTraining.Train(TableTasks, data, null, new TrainingOptions { Epochs = 12, BatchSize = 16, LearningRate = 0.01, Network = network, Seed = seed }).Model;
    }

    /// <summary>Rows of a table that the model has not seen, the last ones so far away that predictions meet their limits.</summary>
    public static float[] TableRows(int rows) =>
        [.. Enumerable.Range(0, rows * Features).Select(i => (float)(Math.Sin(i + 1) * 2 * (i / Features < rows / 2 || rows == 1 ? 1 : 40)))];

    /// <summary>An image model.</summary>
    public static MultiTaskModel Images(NetworkDefinition network, ImageSize size, IReadOnlyList<TaskDefinition>? tasks = null)
    {
        const int Rows = 24;
        var random = new Random(2);
        var pixels = size.PixelCount;
        var (images, masks, maps) = (new PixelStore(pixels * 3), new PixelStore(pixels), new PixelStore(pixels * 4));
        var (classes, counts, numbers) = (new int[Rows], new float[Rows], new float[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var (image, mask, map) = (new byte[pixels * 3], new byte[pixels], new float[pixels]);
            var (left, bright) = (random.Next(size.Width / 2), 90 + random.Next(160));
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                var (y, x) = (pixel / size.Width, pixel % size.Width);
                var inside = x >= left && x < left + (size.Width / 2) && y < size.Height - 2;
                for (var c = 0; c < 3; c++) image[(pixel * 3) + c] = (byte)((inside ? bright : 30) + random.Next(5) - (8 * c) + 16);
                mask[pixel] = (byte)(inside ? 1 + (y % 2) : 0);
                map[pixel] = inside ? 1500 + bright : 900 + y;
            }
            images.Append(image);
            masks.Append(mask);
            maps.Append(MemoryMarshal.AsBytes(map.AsSpan()));
            (classes[row], counts[row], numbers[row]) = (left < size.Width / 4 ? 0 : 1, left + 1, -50 - (3 * bright));
        }
        TaskLabels[] labels = [new MaskLabels(masks, size), new ClassLabels(classes), new MapLabels(maps, size), new NumberLabels(counts), new NumberLabels(numbers)];
        var chosen = tasks ?? ImageTasks;
        var data = new ImageData(images, size, 3, [.. chosen.Select(task => labels[Array.IndexOf(ImageTasks, task)])]);
        return MultiTaskTraining.Train(chosen, data, null, new TrainingOptions { Epochs = 2, BatchSize = 8, LearningRate = 5e-3, Network = network, Seed = 1 }).Model;
    }

    /// <summary>Pixels 0 .. 255, planes of pixels.</summary>
    public static float[] ImageRows(int rows, int size) => [.. Enumerable.Range(0, rows * size).Select(i => (float)Math.Floor(127.5 * (1 + Math.Sin(i * 0.37)) * 0.999))];

    /// <summary>The model alone as a file, its input called "x".</summary>
    public static byte[] Export(MultiTaskModel model, OnnxPrecision precision = OnnxPrecision.Float32)
    {
        var graph = Graph(model, precision);
        return Google.Protobuf.MessageExtensions.ToByteArray(OnnxFile.Of(graph, new OnnxMetadata()));
    }

    public static OnnxGraph Graph(MultiTaskModel model, OnnxPrecision precision = OnnxPrecision.Float32, long limit = int.MaxValue)
    {
        var graph = new OnnxGraph(precision, limit);
        int[] shape = model.Input.IsImage ? [model.Input.Channels, model.Input.Height, model.Input.Width] : [model.Input.Channels];
        graph.Reserve("x");
        graph.AddInput("x", OnnxType.Float, shape);
        foreach (var output in model.Write(graph, new GraphValue("x", shape)))
        {
            graph.Reserve(output.Task.Name);
            graph.AddOutput(output.Task.Name, output.Value.Name, output.Value.Shape);
        }
        return graph;
    }
}
