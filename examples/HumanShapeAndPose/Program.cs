using System.Globalization;
using Ilt.Bodies;
using Ilt.Corruption;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Examples.HumanShapeAndPose;

/// <summary>
/// Pictures of people with four tasks each: body parts, the shape and the pose of a body model, and the surface that follows from these two. One mask in
/// five and one body in five are made wrong, and are found.
/// </summary>
public static class Program
{
    /// <summary>Generates people, trains on them, says which labels do not fit, and draws the worst.</summary>
    /// <param name="args">See <see cref="Arguments"/>.</param>
    public static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Arguments.Parse(args) is not { } arguments) return 1;
        var (folder, epochs) = (arguments.Data ?? arguments.Out, arguments.Epochs);
        var body = BodyModel.Read(arguments.Body);
        Directory.CreateDirectory(arguments.Out);
        if (arguments.Data is null)
        {
            // People who face the camera more or less and whose joints bend together: some hundred pictures are enough to learn from.
            var scenes = new BodySceneOptions { Height = arguments.Size, Width = arguments.Size, TurnDegrees = 35, PoseDimensions = 4 };
            BodyImages.Write(folder, new BodyGenerator(body, scenes), arguments.People, arguments.People / 4);
        }
        var (train, test) = (PersonRow.List(folder, "train"), PersonRow.List(folder, "val"));
        var (height, width) = PngImage.ReadImage(train[0].ImagePath, channels: 3).Size;
        Console.WriteLine($"{train.Count} people to train on and {test.Count} others are in {folder}; {epochs} epochs");

        // <readme>
        var ml = new MLContext(seed: 1);
        var people = ml.Data.LoadFromEnumerable(train);
        var others = ml.Data.LoadFromEnumerable(test);

        var load = ml.Transforms.LoadImages("Image", null, "ImagePath")
            .Append(ml.MultiTask.LoadMasks("Parts", null, width, height, "MaskPath", BodyImages.Parts));
        var pipeline = load
            // For the experiment: part ids are permuted in one mask of five, and noise is added to one body of five. One seed: the same rows for shape and pose.
            .Append(ml.MultiTask.CorruptLabels("Parts", MaskCorruptionKind.PermuteClasses, fraction: 0.2, seed: 1, idColumnName: "Id"))
            .Append(ml.MultiTask.CorruptLabels("Shape", LabelCorruptionKind.UniformNoise, fraction: 0.2, seed: 2, idColumnName: "Id", low: -2, high: 2))
            .Append(ml.MultiTask.CorruptLabels("Pose", LabelCorruptionKind.UniformNoise, fraction: 0.2, seed: 2, idColumnName: "Id", low: -2, high: 2))
            .Append(ml.MultiTask.Train(new MultiTaskTrainer.Options
            {
                Tasks =
                [
                    TaskColumn.PixelClassification("Parts", BodyParts.ClassCount),
                    TaskColumn.Regression("Shape"),
                    TaskColumn.Regression("Pose"),
                    // No column and no output layer of its own: posed vertices, from the labels' shape and pose and from the predicted ones.
                    TaskColumn.BodySurface("Surface", body, shape: "Shape", pose: "Pose"),
                ],
                ImageColumnName = "Image",
                IdColumnName = "Id",
                Validation = load.Fit(others).Transform(others),
                Training = new TrainingOptions { PersonAugmentation = new() { PoseTask = "Pose" }, Epochs = epochs },
            }));

        using var model = pipeline.Fit(people);
        var trained = model.Transform(people);
        foreach (var (task, wrong) in ((string, string)[])[("Parts", "PartsCorrupted"), ("Shape", "ShapeCorrupted"), ("Pose", "PoseCorrupted"), ("Surface", "PoseCorrupted")])
        {
            var found = ml.MultiTask.EvaluateDetection(trained, $"{task}.NoiseScore", wrong);
            Console.WriteLine($"{task}: of {found.Corrupted} wrong labels, {found.PrecisionAtTrueCount:P1} are among the {found.Corrupted} highest scores of {found.Rows}");
        }

        var metrics = model.LastTransformer.ValidationMetrics;
        Console.WriteLine($"the other people: surface error {metrics[3].SurfaceError:F0} mm, MPJPE {metrics[3].JointError:F0} mm, pixel accuracy {metrics[0].Accuracy:P1}");
        // </readme>

        var suspects = ml.Data.CreateEnumerable<PersonResult>(trained, reuseRowObject: false).ToList();
        var unseen = ml.Data.CreateEnumerable<PersonResult>(model.Transform(others), reuseRowObject: false);
        var file = Path.Combine(arguments.Out, "pictures.png");
        PersonResult[] shown = [.. suspects.OrderByDescending(person => person.SurfaceNoise).Take(2), suspects.MaxBy(person => person.PartsNoise)!, .. unseen.Take(3)];
        PngWriter.Write(file, PeoplePicture.Draw(body, shown));
        Console.WriteLine($"{file}: the two most suspicious bodies, the most suspicious mask, and three of the other people; picture, given and predicted mask, given and predicted body");
        return 0;
    }
}
