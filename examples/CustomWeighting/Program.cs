using Ilt.Examples.Tabular;
using Ilt.MLNet;
using Ilt.Torch;
using Ilt.Weighting;
using Microsoft.ML;

namespace Ilt.Examples.RobustWeighting;

/// <summary>Trains on the flats of the Tabular example with a weighting of one's own.</summary>
public static class Program
{
    /// <summary>Trains and prints the most suspicious rows per task.</summary>
    /// <param name="args">The table (default: the flats beside the program).</param>
    public static void Main(string[] args)
    {
        var table = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "flats.csv");
        var ml = new MLContext(seed: 1);
        var flats = ml.Data.LoadFromTextFile<Flat>(table, separatorChar: ',', hasHeader: true);
        var features = ml.Transforms.Categorical.OneHotEncoding("District")
            .Append(ml.Transforms.Concatenate("Numbers", "Area", "Rooms", "Floor", "Garden", "Year"))
            .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append(ml.Transforms.Concatenate("Features", "District", "Numbers"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Kind"));

        // <readme>
        var trainer = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Classification("Kind"), TaskColumn.Regression("Rent")],
            IdColumnName = "Id",
            Training = new TrainingOptions
            {
                CustomWeighting = new CustomWeighting("generalized 0.7", run => new GeneralizedWeighting(run, highest: 0.7)),
                Epochs = 40,
            },
        });
        // </readme>

        var model = features.Append(trainer).Fit(flats);
        foreach (var row in ml.Data.CreateEnumerable<Suspect>(model.LastTransformer.NoiseScores, reuseRowObject: false))
            if (row.Rank <= 5)
                Console.WriteLine($"{row.Task} {row.Id}: given {row.GivenLabel}, predicted {row.PredictedLabel}, score {row.NoiseScore:F2}");
    }
}
