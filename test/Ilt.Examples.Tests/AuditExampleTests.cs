using Ilt.Detectors;
using Ilt.Examples.Tabular;
using Ilt.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Examples.Tests;

/// <summary>The audit of the documentation runs and finds what was made wrong.</summary>
public class AuditExampleTests
{
    [Test]
    public void Audit_FlatsWithWrongLabels_CountsFlagsAndFilters()
    {
        var output = Example.Output(Run);
        var wrong = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "flats-wrong.csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[2] == "1").Select(fields => fields[0]).ToHashSet();
        Assert.That(output, Has.Some.Matches("^Kind: .* of 600 labels are wrong, [0-9]+ are flagged").And.Some.StartsWith("Rent: "));
        Assert.That(output.Select(line => line.Split(' ')).Single(words => words.All(word => word.StartsWith('F') && word.Length == 5)), Is.SubsetOf(wrong));
    }

    private static void Run()
    {
        var ml = new MLContext(seed: 1);
        var flats = ml.Data.LoadFromTextFile<Flat>(Path.Combine(AppContext.BaseDirectory, "flats.csv"), separatorChar: ',', hasHeader: true);
        var features = ml.Transforms.Categorical.OneHotEncoding("District")
            .Append(ml.Transforms.Concatenate("Numbers", "Area", "Rooms", "Floor", "Garden", "Year"))
            .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append(ml.Transforms.Concatenate("Features", "District", "Numbers"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Kind"));

        // <readme>
        var audited = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Classification("Kind"), TaskColumn.Regression("Rent")],
            IdColumnName = "Id",
            Detector = new Combined(),
            ChecksData = true,
        });
        var model = features.Append(audited).Fit(flats);
        foreach (var audit in model.LastTransformer.Audits)
            Console.WriteLine($"{audit.Task}: {audit.Share.Estimate:P0} of {audit.Labelled} labels are wrong, {audit.Flagged} are flagged {audit.Share.CannotTell}");
        foreach (var finding in model.LastTransformer.Findings!)
            Console.WriteLine($"{finding.Kind}: {finding.Title}");

        // The flagged rows, and a model of another kind trained on all others.
        Console.WriteLine(string.Join(" ", model.LastTransformer.Flagged.GetColumn<string>("Id").Take(5)));
        var cleaned = ml.MultiTask.FilterFlagged("Kind")
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Kind", "Features"));
        var classifier = cleaned.Fit(model.Transform(flats));
        // </readme>
        Assert.That(classifier.Transform(model.Transform(flats)).Schema["PredictedLabel"].Type, Is.InstanceOf<KeyDataViewType>());
    }
}
