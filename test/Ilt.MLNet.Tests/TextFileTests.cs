using System.Globalization;
using Ilt.Weighting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>From a text file through ML.NET's own steps, with the short catalog call.</summary>
public sealed class TextFileTests
{
    private static readonly MLContext Ml = new(1);
    private string path = "";

    [OneTimeSetUp]
    public void WriteFile()
    {
        path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.csv");
        File.WriteAllLines(path,
        [
            "Number,A,B,Colour,Code",
            .. Sample.Rows(200).Select((r, i) => string.Create(CultureInfo.InvariantCulture, $"{r.Number},{r.A},{r.B},{r.Colour},{1000 + i}")),
        ]);
    }

    [OneTimeTearDown]
    public void DeleteFile() => File.Delete(path);

    [Test]
    public void Pipeline_FromATextFile_PredictsAndScores()
    {
        var data = Load();
        var pipeline = Ml.Transforms.Categorical.OneHotEncoding("ColourHot", "Colour")
            .Append(Ml.Transforms.Concatenate("Features", "Measures", "ColourHot"))
            .Append(Ml.MultiTask.Train([TaskColumn.Regression("number", "Number")], idColumnName: "Code", weighting: LossWeightingKind.Equal, epochs: 30));
        using var model = pipeline.Fit(data);
        var view = model.Transform(data);
        Assert.That(Ml.Regression.Evaluate(view, "Number", "number.Score").RSquared, Is.GreaterThan(0.5));
        Assert.That(Pipelines.Column<float>(view, "number.NoiseScore"), Has.None.NaN);
        Assert.That(Pipelines.Column<float>(view, "number.LogVariance"), Has.All.NaN, "equal weights learn no log-variances");
        Assert.That(Pipelines.Column<string>(model.LastTransformer.NoiseScores, "Id"), Does.Contain("1000").And.Contain("1199"));
    }

    [Test]
    public void Train_KeyIds_AreKnownByTheirValues()
    {
        var data = Load();
        var keyed = Ml.Transforms.Conversion.MapValueToKey("Code").Fit(data).Transform(data);
        using var model = Ml.MultiTask.Train(Options("Code")).Fit(keyed);
        Assert.That(Pipelines.Column<string>(model.NoiseScores, "Id"), Does.Contain("1000"));
        // The same ids as numbers.
        Assert.That(Pipelines.Column<float>(model.Transform(data), "number.NoiseScore"), Has.None.NaN);
    }

    [Test]
    public void Train_SeveralFeatureColumns_AreJoinedInOrder()
    {
        var data = Load();
        using var split = Ml.MultiTask.Train(Options(null) with { FeatureColumnNames = ["Measures", "Code2"] }).Fit(WithCode(data));
        var joined = Ml.Transforms.Concatenate("All", "Measures", "Code2").Fit(WithCode(data)).Transform(WithCode(data));
        using var one = Ml.MultiTask.Train(Options(null) with { FeatureColumnNames = ["All"] }).Fit(joined);
        Assert.That(Pipelines.Column<float>(split.NoiseScores, "NoiseScore"), Is.EqualTo(Pipelines.Column<float>(one.NoiseScores, "NoiseScore")));
    }

    [Test]
    public void Train_IntegerAndDoubleLabels_AreNumbers()
    {
        foreach (var kind in (DataKind[])[DataKind.Double, DataKind.Int32])
        {
            // ML.NET converts no Single to an integer, so that the column is read from the file in its kind.
            var data = Load(kind, kind == DataKind.Int32 ? 4 : 0);
            Assert.That(data.Schema["Number"].Type.ToString(), Is.EqualTo(kind.ToString()));
            using var model = Ml.MultiTask.Train(Options(null)).Fit(data);
            Assert.That(Pipelines.Column<float>(model.NoiseScores, "NoiseScore"), Has.Length.EqualTo(200).And.None.NaN, kind.ToString());
        }
    }

    private static MultiTaskTrainer.Options Options(string? id) => new()
    {
        Tasks = [TaskColumn.Regression("number", "Number")],
        FeatureColumnNames = ["Measures"],
        IdColumnName = id,
        Training = new() { Epochs = 1, Seed = 1 },
    };

    private static IDataView WithCode(IDataView data) => Ml.Transforms.Conversion.ConvertType("Code2", "Code").Fit(data).Transform(data);

    private IDataView Load(DataKind numberKind = DataKind.Single, int numberColumn = 0) => Ml.Data.LoadFromTextFile(path,
    [
        new TextLoader.Column("Number", numberKind, numberColumn),
        new TextLoader.Column("Measures", DataKind.Single, 1, 2),
        new TextLoader.Column("Colour", DataKind.String, 3),
        new TextLoader.Column("Code", DataKind.Int32, 4),
    ], separatorChar: ',', hasHeader: true);
}
