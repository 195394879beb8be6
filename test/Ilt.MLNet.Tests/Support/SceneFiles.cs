using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>A row of a table of image files.</summary>
internal sealed class SceneRow
{
    public string Id { get; set; } = "";

    public string ImagePath { get; set; } = "";

    public string MaskPath { get; set; } = "";

    public string MapPath { get; set; } = "";

    public float Cars { get; set; }

    public bool Even { get; set; }
}

/// <summary>Generated scenes as files in a folder, and pipelines over them.</summary>
internal sealed class SceneFiles : IDisposable
{
    public const int Side = 32;

    private readonly TemporaryFolder folder = new();

    public SceneFiles(int count, int first = 0)
    {
        var scenes = new SceneGenerator(new SceneOptions { Height = Side, Width = Side, Difficulty = 0.2 });
        for (var i = first; i < first + count; i++)
        {
            var scene = scenes.Generate(i);
            var row = new SceneRow
            {
                Id = $"s{i}", ImagePath = $"image{i}.png", MaskPath = $"mask{i}.png", MapPath = $"map{i}.png", Cars = scene.Numbers[0], Even = i % 2 == 0,
            };
            PngWriter.Write(File(row.ImagePath), scene.Image);
            PngWriter.Write(File(row.MaskPath), scene.Mask);
            PngWriter.WriteGray16(File(row.MapPath), Side, Side, Array.ConvertAll(scene.InverseDepth.Values, v => (ushort)Math.Clamp(v * 1000, 0, 65535)));
            Rows.Add(row);
        }
    }

    public static TaskColumn Segmentation { get; } = TaskColumn.PixelClassification("seg", SceneGenerator.ClassNames.Count, "Mask");

    public static TaskColumn Depth { get; } = TaskColumn.PixelRegression("depth", "Map");

    public static MultiTaskTrainer.Options Options => new()
    {
        Tasks = [Segmentation, Depth],
        ImageColumnName = "Image",
        IdColumnName = "Id",
        Training = new TrainingOptions { Epochs = 2, BatchSize = 8, Seed = 1, Network = new UNetDefinition { BaseWidth = 8, Depth = 2 } },
    };

    public List<SceneRow> Rows { get; } = [];

    public string Path => folder.Path;

    public string File(string name) => folder.File(name);

    public IDataView Data(MLContext ml) => ml.Data.LoadFromEnumerable(Rows);

    /// <summary>Columns Image, Mask and Map from the files.</summary>
    public EstimatorChain<ITransformer> Preparation(MLContext ml) => new EstimatorChain<ITransformer>()
        .Append(ml.Transforms.LoadImages("Image", Path, "ImagePath"))
        .Append(ml.Transforms.ResizeImages("Image", Side, Side, "Image", ImageResizingEstimator.ResizingKind.Fill))
        .Append(ml.MultiTask.LoadMasks("Mask", Path, Side, Side, "MaskPath"))
        .Append((IEstimator<ITransformer>)ml.MultiTask.LoadMaps("Map", Path, Side, Side, "MapPath", new MapEncoding { Scale = 0.001 }));

    public TransformerChain<MultiTaskTransformer> Fit(MLContext ml, MultiTaskTrainer.Options options)
        => Preparation(ml).Append(ml.MultiTask.Train(options)).Fit(Data(ml));

    public void Dispose() => folder.Dispose();
}
