using Ilt.Examples.Tabular;
using Ilt.MLNet;
using Ilt.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Examples.Tests;

/// <summary>The documentation's example of an exported model.</summary>
public class OnnxExportTests
{
    [Test]
    public void ExportOnnx_Flats_PredictsFromTheColumnsOfTheTable()
    {
        var ml = new MLContext(seed: 1);
        var flats = ml.Data.LoadFromTextFile<Flat>(Path.Combine(AppContext.BaseDirectory, "flats.csv"), separatorChar: ',', hasHeader: true);
        using var model = ml.Transforms.Categorical.OneHotEncoding("District")
            .Append(ml.Transforms.Concatenate("Numbers", "Area", "Rooms", "Floor", "Garden", "Year"))
            .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append(ml.Transforms.Concatenate("Features", "District", "Numbers"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Kind"))
            .Append(ml.MultiTask.Train([TaskColumn.Classification("Kind"), TaskColumn.Regression("Rent")], idColumnName: "Id", epochs: 5)).Fit(flats);
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "flats.onnx");

        // <readme>
        var export = ml.MultiTask.ExportOnnx(model, flats.Schema, file); // inputs District, Area, ..., outputs Kind and Rent

        var onnx = ml.Transforms.ApplyOnnxModel([.. export.Outputs], [.. export.Inputs], file).Fit(flats);
        var rents = onnx.Transform(flats).GetColumn<float[]>("Rent").Select(rent => rent[0]).ToArray();
        // </readme>

        var expected = model.Transform(flats).GetColumn<float>("Rent.Score").ToArray();
        Assert.That(rents, Is.EqualTo(expected).Within(1e-4).Percent.Or.EqualTo(expected).Within(0.01));
        Assert.That(export.Inputs, Is.EqualTo(new[] { "District", "Area", "Rooms", "Floor", "Garden", "Year" }));
        Assert.That(export.Outputs, Is.EqualTo(new[] { "Kind", "Rent" }));
    }
}
