using Ilt.Bodies;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Pictures of people with the paper's four tasks: body parts, shape, pose, and the surface that follows from shape and pose.</summary>
internal abstract class PeopleData : BuiltInData
{
    // The surface is compared at some of the model's vertices, evenly spread over it.
    private const int SurfaceVertices = 700;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } =
        [new("parts", LabelForm.Mask), new("shape", LabelForm.Numbers), new("pose", LabelForm.Numbers), new("surface", LabelForm.Derived)];

    /// <summary>Reads the options that all of them have.</summary>
    protected static (string? Body, int Surface, RegressionLoss PoseLoss) Common(JsonPlace options) =>
        (options.Text("body"), options.Whole("surface", 3) ?? SurfaceVertices, options.OneOf("poseLoss", ["squared", "matrices"]) is "matrices" ? RegressionLoss.RotationMatrices : RegressionLoss.Squared);

    /// <summary>The body model of the options, or the one that comes with the program.</summary>
    protected static BodyModel Model(JsonPlace options)
    {
        if (Common(options).Body is { } path) return BodyModel.Read(path);
        const string Name = "makehuman-cc0.npz";
        using var stream = typeof(PeopleData).Assembly.GetManifestResourceStream(Name)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return BodyModel.FromArrays(BodyModelFile.Read(file, Name), Name);
    }

    /// <summary>Both parts as images with labels.</summary>
    protected static LoadedData ToData(JsonPlace options, BodyModel model, BodySet train, BodySet test)
    {
        var (_, vertices, loss) = Common(options);
        var shape = new RegressionTask("shape", model.ShapeCount) { Scale = TargetScale.Common };
        var pose = new RegressionTask("pose", BodySet.PoseNumbers) { Scale = TargetScale.Common, Loss = loss };
        TaskDefinition[] tasks = [new PixelClassificationTask("parts", BodyParts.ClassCount), shape, pose, new DerivedTask("surface", new BodySurface(model, vertices), shape, pose)];
        return new LoadedData(tasks, ToImages(train, model.ShapeCount), ToImages(test, model.ShapeCount));
    }

    private static ImageData ToImages(BodySet set, int shapes)
    {
        var (shape, pose) = (new NumberLabels(set.Shapes, shapes), new NumberLabels(set.Poses, BodySet.PoseNumbers));
        return new ImageData(ImageSets.Store(set.Images, set.Count), set.Size, 3,
            [new MaskLabels(ImageSets.Store(set.Masks, set.Count), set.Size), shape, pose, new DerivedLabels(shape, pose)]);
    }
}

/// <summary>Generated people, a new one in every picture.</summary>
internal sealed class BodyPeople : PeopleData
{
    private const int DefaultRows = 3000, DefaultTests = 500;

    /// <inheritdoc/>
    public override string Name => "bodies";

    // About 40,000 pictures seen in a run: minutes on one core.

    /// <inheritdoc/>
    public override TrainingOptions Training => new() { Network = UNetDefinition.BodySmall, Epochs = 12 };

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var options = OptionsOf(set);
        var model = Model(options);
        var (train, test) = BodyPictureSets.Generate(model, set.Rows ?? DefaultRows, set.TestRows ?? DefaultTests, Scenes(options));
        return ToData(options, model, train, test);
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options)
    {
        Common(options);
        Scenes(options);
    }

    private static BodySceneOptions Scenes(JsonPlace options) => new()
    {
        Height = options.Whole("size", 16) ?? 64,
        Width = options.Whole("size", 16) ?? 64,
        TurnDegrees = options.Number("turn", 0, 180) ?? 180,
        PoseDimensions = options.Whole("poseDimensions") ?? 0,
        PoseSpread = options.Number("poseSpread", 0) ?? 1,
        People = options.Whole("people") ?? 0,
    };
}

/// <summary>People in a folder as <c>ilt generate bodies</c> writes it.</summary>
internal sealed class BodyFolder : PeopleData
{
    /// <inheritdoc/>
    public override string Name => "body-files";

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    // Fewer pictures than are generated, and more passes over them.

    /// <inheritdoc/>
    public override TrainingOptions Training => new() { Network = UNetDefinition.BodySmall, Epochs = 24 };

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var options = OptionsOf(set);
        var (train, test) = BodyPictureSets.Read(path!, set.Rows, set.TestRows);
        return ToData(options, Model(options), train, test);
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options) => Common(options);
}
