using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ilt.MLNet.Tests;

/// <summary>What the column C is given to the trainer for.</summary>
internal enum ColumnRole { Features, Id, Image, Class, Number, Mask, Map }

/// <summary>Data and options of one call of Fit, and the steps that the trainer's messages may advise.</summary>
internal sealed record AdviceCase(SceneFiles Files, IDataView Data, MultiTaskTrainer.Options Options)
{
    private const int Side = SceneFiles.Side;

    private static readonly MLContext Ml = new(1);

    // The words of an advice, and what somebody does who follows it.
    private static readonly (string Words, Func<AdviceCase, AdviceCase> Follow)[] Steps =
    [
        ("Convert it with mlContext.Transforms.Conversion.ConvertType, whose outputKind is DataKind.Single by default", c => c.Append(Ml.Transforms.Conversion.ConvertType("C"))),
        ("where they hold numbers, convert them with mlContext.Transforms.Conversion.ConvertType", c => c.Append(Ml.Transforms.Conversion.ConvertType("C"))),
        ("mlContext.Transforms.Conversion.ConvertType and outputKind: DataKind.String", c => c.Append(Ml.Transforms.Conversion.ConvertType("C", outputKind: DataKind.String))),
        ("mlContext.Transforms.Conversion.MapKeyToVector", c => c.Append(Ml.Transforms.Conversion.MapKeyToVector("C"))),
        ("mlContext.Transforms.Conversion.MapKeyToValue", c => c.Append(Ml.Transforms.Conversion.MapKeyToValue("C"))),
        ("mlContext.Transforms.Conversion.MapValueToKey", c => c.Append(Ml.Transforms.Conversion.MapValueToKey("C"))),
        ("mlContext.Transforms.Categorical.OneHotEncoding", c => c.Append(Ml.Transforms.Categorical.OneHotEncoding("C"))),
        ("OneHotEncoding and outputKind: OneHotEncodingEstimator.OutputKind.Bag", c => c.Append(Ml.Transforms.Categorical.OneHotEncoding("C", outputKind: OneHotEncodingEstimator.OutputKind.Bag))),
        ("mlContext.Transforms.CustomMapping into a class whose member has [VectorType(n)]", c => c.Sized()),
        ("give the numbers their dimensions where they are loaded, with [VectorType(3, height, width)]", c => c.Reload(Load(c.Files, i => Planes(3, i), new VectorDataViewType(NumberDataViewType.Single, 3, Side, Side)))),
        ("give them as byte[] with [VectorType(height, width)]", c => c.Reload(Load(c.Files, i => Array.ConvertAll(Planes(1, i), v => (byte)(v % 2)), new VectorDataViewType(NumberDataViewType.Byte, Side, Side)))),
        ("give them as float[] with [VectorType(height, width)]", c => c.Reload(Load(c.Files, i => Planes(1, i), new VectorDataViewType(NumberDataViewType.Single, Side, Side)))),
        ("Load images from a column of paths with mlContext.Transforms.LoadImages, and make them equally large with mlContext.Transforms.ResizeImages",
            c => c.Append(Ml.Transforms.LoadImages("C", c.Files.Path, "ImagePath")).Append(Ml.Transforms.ResizeImages("C", Side, Side))),
        ("mlContext.MultiTask.LoadMasks", c => c.Append(Ml.MultiTask.LoadMasks("C", c.Files.Path, Side, Side, "MaskPath"))),
        ("mlContext.MultiTask.LoadMaps", c => c.Append(Ml.MultiTask.LoadMaps("C", c.Files.Path, Side, Side, "MapPath"))),
        ("mlContext.MultiTask.TrainOnImages", c => c with { Options = c.Options with { ImageColumnName = "C", FeatureColumnNames = ["Features"] } }),
        ("mlContext.Transforms.ResizeImages and mlContext.Transforms.ExtractPixels", c => c.Append(Ml.Transforms.ResizeImages("C", 8, 8)).Append(Ml.Transforms.ExtractPixels("C"))),
        ("Name a column of numbers", c => c with { Options = c.Options with { Tasks = [TaskColumn.Regression("t", "Number")], FeatureColumnNames = ["Plain"] } }),
        ("name a column of numbers", c => c.With(TaskColumn.Regression("t", "Number"))),
        ("Name a column of one class per row", c => c.With(TaskColumn.Classification("t", "Even"))),
        ("Name a column of one id per row", c => c with { Options = c.Options with { IdColumnName = "Id" } }),
        ("or none: rows are then known by their position", c => c with { Options = c.Options with { IdColumnName = null } }),
        ("make the task a TaskColumn.Classification", c => c.With(TaskColumn.Classification("t", "C"))),
        ("make the task a TaskColumn.Regression", c => c.With(TaskColumn.Regression("t", "C"))),
    ];

    /// <summary>Rows whose column C has some type, with columns that are good for every role beside it.</summary>
    public static IDataView Load<T>(SceneFiles files, Func<int, T> value, DataViewType? type = null)
    {
        var definition = SchemaDefinition.Create(typeof(Row<T>));
        if (type is not null) definition["C"].ColumnType = type;
        return Ml.Data.LoadFromEnumerable(files.Rows.Select((row, i) => new Row<T>
        {
            C = value(i), Plain = [i, i % 3], Number = i, Even = i % 2 == 0, Id = row.Id, ImagePath = row.ImagePath, MaskPath = row.MaskPath, MapPath = row.MapPath,
        }).ToArray(), definition);
    }

    public static float[] Planes(int planes, int seed) => [.. Enumerable.Range(0, planes * Side * Side).Select(i => (float)((i + seed) % 7))];

    public static AdviceCase Create(SceneFiles files, IDataView data, ColumnRole role)
    {
        var table = new MultiTaskTrainer.Options { Tasks = [TaskColumn.Regression("t", "Number")], FeatureColumnNames = ["Plain"], Training = new TrainingOptions { Epochs = 1 } };
        var images = table with { FeatureColumnNames = ["Features"], ImageColumnName = "Picture", Training = new TrainingOptions { Epochs = 1, Network = new UNetDefinition { BaseWidth = 4, Depth = 1 } } };
        var loaded = new AdviceCase(files, data, table).Reload(data);
        return loaded with
        {
            Options = role switch
            {
                ColumnRole.Features => table with { FeatureColumnNames = ["C"] },
                ColumnRole.Id => table with { IdColumnName = "C" },
                ColumnRole.Image => images with { ImageColumnName = "C" },
                ColumnRole.Class => table with { Tasks = [TaskColumn.Classification("t", "C")] },
                ColumnRole.Number => table with { Tasks = [TaskColumn.Regression("t", "C")] },
                ColumnRole.Mask => images with { Tasks = [TaskColumn.PixelClassification("t", null, "C")] },
                _ => images with { Tasks = [TaskColumn.PixelRegression("t", "C")] },
            },
        };
    }

    /// <summary>The trainer's objection to the column; null where it accepts the data.</summary>
    public string? Objection()
    {
        try
        {
            using var model = Ml.MultiTask.Train(Options).Fit(Data);
            return null;
        }
        catch (ArgumentOutOfRangeException e) when (e.Message.Contains("Schema mismatch", StringComparison.Ordinal))
        {
            return e.Message;
        }
    }

    /// <summary>This case after each of the steps that the message advises.</summary>
    public IReadOnlyList<(string Words, AdviceCase After)> Follow(string message)
        => [.. Steps.Where(step => message.Contains(step.Words, StringComparison.Ordinal)).Where(step => !IsCoveredBy(step.Words, message)).Select(step => (step.Words, step.Follow(this)))];

    public AdviceCase Append(IEstimator<ITransformer> step) => this with { Data = step.Fit(Data).Transform(Data) };

    private static bool IsCoveredBy(string words, string message)
        => words == "mlContext.Transforms.Categorical.OneHotEncoding" && message.Contains("OutputKind.Bag", StringComparison.Ordinal);

    // Every row has a good image beside.
    private AdviceCase Reload(IDataView data) => (this with { Data = data })
        .Append(Ml.Transforms.LoadImages("Picture", Files.Path, "ImagePath")).Append(Ml.Transforms.ResizeImages("Picture", Side, Side));

    private AdviceCase With(TaskColumn task) => this with { Options = Options with { Tasks = [task] } };

    // All vectors here hold four values.
    private AdviceCase Sized() => ((VectorDataViewType)Data.Schema["C"].Type).ItemType.RawType switch
    {
        var type when type == typeof(float) => Sized<float>(),
        var type when type == typeof(int) => Sized<int>(),
        var type when type == typeof(byte) => Sized<byte>(),
        var type when type == typeof(ReadOnlyMemory<char>) => Sized<string>(),
        var type => throw new InvalidOperationException($"{type}"),
    };

    private AdviceCase Sized<T>() => Append(Ml.Transforms.CustomMapping<Loose<T>, Fixed<T>>((from, to) => to.C = from.C, null));

    private sealed class Row<T>
    {
        public T C { get; set; } = default!;

        [VectorType(2)]
        public float[] Plain { get; set; } = [];

        public float Number { get; set; }

        public bool Even { get; set; }

        public string Id { get; set; } = "";

        public string ImagePath { get; set; } = "";

        public string MaskPath { get; set; } = "";

        public string MapPath { get; set; } = "";
    }

    private sealed class Loose<T>
    {
        public T[] C { get; set; } = [];
    }

    private sealed class Fixed<T>
    {
        [VectorType(4)]
        public T[] C { get; set; } = [];
    }
}
