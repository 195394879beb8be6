using Ilt.MLNet;
using Microsoft.ML;

namespace Ilt.Examples.Tabular;

/// <summary>From a table of flats with wrong kinds and wrong rents to a ranked list of the rows to look at.</summary>
public static class Program
{
    /// <summary>Trains, prints the most suspicious rows per task, and saves the model.</summary>
    /// <param name="args">The table (default: the one beside the program) and the model file to write (default: flats.zip).</param>
    public static void Main(string[] args)
    {
        var table = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "flats.csv");
        var modelFile = args.Length > 1 ? args[1] : "flats.zip";

        // <readme>
        var ml = new MLContext(seed: 1);
        var flats = ml.Data.LoadFromTextFile<Flat>(table, separatorChar: ',', hasHeader: true);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("District")
            .Append(ml.Transforms.Concatenate("Numbers", "Area", "Rooms", "Floor", "Garden", "Year"))
            .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append(ml.Transforms.Concatenate("Features", "District", "Numbers"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Kind"))
            .Append(ml.MultiTask.Train([TaskColumn.Classification("Kind"), TaskColumn.Regression("Rent")], idColumnName: "Id"));

        var model = pipeline.Fit(flats);
        foreach (var row in ml.Data.CreateEnumerable<Suspect>(model.LastTransformer.NoiseScores, reuseRowObject: false))
            if (row.Rank <= 5)
                Console.WriteLine($"{row.Task} {row.Id}: given {row.GivenLabel}, predicted {row.PredictedLabel}, score {row.NoiseScore:F2}");

        ml.Model.Save(model, flats.Schema, modelFile);
        var loaded = ml.MultiTask.LoadModel(modelFile, out _);
        var kinds = ml.MulticlassClassification.Evaluate(loaded.Transform(flats), "Kind", "Kind.Score", "Kind.PredictedLabel");
        var rents = ml.Regression.Evaluate(loaded.Transform(flats), "Rent", "Rent.Score");
        Console.WriteLine($"kind accuracy {kinds.MicroAccuracy:P1}, rent error {rents.RootMeanSquaredError:F0} per month");
        // </readme>
    }
}
