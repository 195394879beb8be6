using Ilt.Corruption;
using Ilt.Datasets;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.MLNet;
using Microsoft.ML;

namespace Ilt.Examples.SceneSegmentation;

/// <summary>Street scenes with a mask and a depth map each; two masks in five are made wrong, and are found.</summary>
public static class Program
{
    /// <summary>Writes scenes, trains on them, says which masks do not fit and where, saves the model and loads it.</summary>
    /// <param name="args">See <see cref="Arguments"/>.</param>
    public static int Main(string[] args)
    {
        if (Arguments.Parse(args) is not { } arguments) return 1;
        var (folder, size, epochs) = (arguments.Out, arguments.Size, arguments.Epochs);
        SceneFolder.Write(folder, "scenes.csv", 0, arguments.Scenes, size);
        SceneFolder.Write(folder, "unseen.csv", arguments.Scenes, arguments.Scenes / 4, size);
        var modelFile = Path.Combine(folder, "model.zip");
        Console.WriteLine($"{arguments.Scenes} scenes of {size} x {size} pixels are in {folder}; training on them, {epochs} epochs");

        // <readme>
        var ml = new MLContext(seed: 1);
        var scenes = ml.Data.LoadFromTextFile<SceneRow>(Path.Combine(folder, "scenes.csv"), separatorChar: ',', hasHeader: true);
        var unseen = ml.Data.LoadFromTextFile<SceneRow>(Path.Combine(folder, "unseen.csv"), separatorChar: ',', hasHeader: true);

        var load = ml.Transforms.LoadImages("Image", folder, "ImagePath")
            .Append(ml.Transforms.ResizeImages("Image", size, size))
            .Append(ml.MultiTask.LoadMasks("Mask", folder, size, size, "MaskPath"))
            .Append(ml.MultiTask.LoadMaps("Depth", folder, size, size, "DepthPath", new MapEncoding { Scale = 1e-5, Invalid = 0 }));
        var pipeline = load
            .Append(ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.PermuteClasses, fraction: 0.4, idColumnName: "Id"))
            .Append(ml.MultiTask.TrainOnImages(
                [TaskColumn.PixelClassification("Mask", classCount: 8), TaskColumn.PixelRegression("Depth")],
                idColumnName: "Id", epochs: epochs, validationSet: load.Fit(unseen).Transform(unseen)));

        using var model = pipeline.Fit(scenes);
        var trained = model.Transform(scenes);
        var found = ml.MultiTask.EvaluateDetection(trained, "Mask.NoiseScore", "MaskCorrupted");
        Console.WriteLine($"of {found.Corrupted} wrong masks, {found.PrecisionAtTrueCount:P1} are among the {found.Corrupted} highest scores of {found.Rows}");
        var metrics = model.LastTransformer.ValidationMetrics;
        Console.WriteLine($"unseen scenes: mean IoU {metrics[0].MeanIoU:F3}, relative error of depth {metrics[1].MeanRelativeError:F3}");

        var worst = model.LastTransformer.ExamineLabelImages(trained, "Mask", count: 1).Single();
        foreach (var region in worst.Regions.Take(5))
            Console.WriteLine($"{worst.Id}: {region.Share:P0} of the image is called {SceneGenerator.ClassNames[(int)region.Given]} and looks like {SceneGenerator.ClassNames[(int)region.Suggested]}");
        PngWriter.Write(Path.Combine(folder, "heat.png"), HeatMapPicture.Draw(worst.Heat, size, size, regions: worst.Regions));

        ml.Model.Save(model, scenes.Schema, modelFile);
        var loaded = ml.MultiTask.LoadModel(modelFile, out _);
        // </readme>

        PngWriter.Write(Path.Combine(folder, "worst.png"), SceneMasksPicture.Draw(ml, folder, trained, worst));
        var confusion = new Metrics.ConfusionMatrix(SceneGenerator.ClassNames.Count);
        foreach (var row in ml.Data.CreateEnumerable<SceneMasks>(loaded.Transform(unseen), reuseRowObject: true))
            confusion.Add(row.Mask, row.Predicted);
        Console.WriteLine($"the loaded model, unseen scenes: mean IoU {confusion.MeanIntersectionOverUnion:F3}");
        Console.WriteLine($"{Path.Combine(folder, "worst.png")}: {worst.Id}, its mask, the mask that the network suggests, and where the two differ");
        return 0;
    }
}
