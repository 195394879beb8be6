using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Torch;
using Ilt.Weighting;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>What <c>mlContext.MultiTask</c> offers: the trainer, the label corruption for experiments, and loading of saved models.</summary>
public sealed class MultiTaskCatalog
{
    private readonly MLContext context;

    internal MultiTaskCatalog(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
    }

    /// <summary>
    /// Create <see cref="MultiTaskTrainer"/>, which trains one network for several tasks and finds the rows whose labels look wrong.
    /// </summary>
    /// <param name="tasks">The tasks, at least one. Those made by <see cref="TaskColumn.Derived"/> name others of this list.</param>
    /// <param name="featureColumnName">The features: a known-size vector of <see cref="float"/>, or one number. Scaled features learn best.</param>
    /// <param name="idColumnName">Names the rows: text, integer or key, unique. Null: rows are known by their position, from 1.</param>
    /// <param name="weighting">How the losses of rows and tasks are weighed; the default is the method this library is for.</param>
    /// <param name="epochs">Passes over the rows; null: chosen from the data.</param>
    /// <param name="validationSet">
    /// Rows that are never trained on, with the columns that the trainer sees (that is, after the earlier steps of the pipeline); null: none.
    /// </param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public MultiTaskTrainer Train(
        IReadOnlyList<TaskColumn> tasks,
        string featureColumnName = "Features",
        string? idColumnName = null,
        LossWeightingKind weighting = LossWeightingKind.InstanceLevel,
        int? epochs = null,
        IDataView? validationSet = null)
        => Train(new MultiTaskTrainer.Options
        {
            Tasks = tasks,
            FeatureColumnNames = [featureColumnName],
            IdColumnName = idColumnName,
            Validation = validationSet,
            Training = new TrainingOptions { Weighting = weighting, Epochs = epochs },
        });

    /// <summary>
    /// Create <see cref="MultiTaskTrainer"/>, which trains one network for several tasks on images, with labels per image (classes, numbers) or
    /// per pixel (masks, maps), and finds the rows whose labels look wrong.
    /// </summary>
    /// <param name="tasks">The tasks, at least one. Those made by <see cref="TaskColumn.Derived"/> name others of this list.</param>
    /// <param name="imageColumnName">The images, all of one size, see <see cref="MultiTaskTrainer.Options.ImageColumnName"/>.</param>
    /// <param name="idColumnName">Names the rows: text, integer or key, unique. Null: rows are known by their position, from 1.</param>
    /// <param name="weighting">How the losses of rows and tasks are weighed; the default is the method this library is for.</param>
    /// <param name="epochs">Passes over the rows; null: chosen from the data.</param>
    /// <param name="validationSet">
    /// Rows that are never trained on, with the columns that the trainer sees (that is, after the earlier steps of the pipeline); null: none.
    /// </param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public MultiTaskTrainer TrainOnImages(
        IReadOnlyList<TaskColumn> tasks,
        string imageColumnName = "Image",
        string? idColumnName = null,
        LossWeightingKind weighting = LossWeightingKind.InstanceLevel,
        int? epochs = null,
        IDataView? validationSet = null)
        => Train(new MultiTaskTrainer.Options
        {
            Tasks = tasks,
            ImageColumnName = imageColumnName,
            IdColumnName = idColumnName,
            Validation = validationSet,
            Training = new TrainingOptions { Weighting = weighting, Epochs = epochs },
        });

    /// <summary>Create <see cref="MultiTaskTrainer"/> from all its options.</summary>
    /// <param name="options">What to train, on which columns, and how; never changed.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public MultiTaskTrainer Train(MultiTaskTrainer.Options options) => new(context, options);

    /// <summary>
    /// Create <see cref="PictureLoadingEstimator"/>, which reads pictures from the files that a text column names, as <c>LoadImages</c> does, but turned
    /// as their Exif orientation says, which is how every viewer shows them and how masks are drawn. Files that end too early are refused.
    /// </summary>
    /// <param name="outputColumnName">The column to add.</param>
    /// <param name="imageFolder">Joined before every path; null: paths are used as they are.</param>
    /// <param name="inputColumnName">The column of the paths; null: <paramref name="outputColumnName"/>. An empty path gives no picture.</param>
    /// <exception cref="ArgumentException">A name is empty, or the folder is not there.</exception>
    public PictureLoadingEstimator LoadPictures(string outputColumnName, string? imageFolder, string? inputColumnName = null)
        => new(new PictureSource(outputColumnName, inputColumnName ?? outputColumnName, imageFolder));

    /// <summary>
    /// Create <see cref="LabelImageLoadingEstimator"/>, which reads masks (a class id per pixel) from the files that a text column
    /// names: PNG or .npy, and pictures of other formats as <see cref="LabelFiles.ReadMask"/> takes them. The output column is a vector of <see cref="byte"/> with the dimensions [imageHeight, imageWidth]; 255 means "no label".
    /// </summary>
    /// <param name="outputColumnName">The column to add.</param>
    /// <param name="imageFolder">Joined before every path; null: paths are used as they are.</param>
    /// <param name="imageWidth">Width of every mask in the column, that of the images.</param>
    /// <param name="imageHeight">Height of every mask in the column, that of the images.</param>
    /// <param name="inputColumnName">The column of the paths; null: <paramref name="outputColumnName"/>. An empty path means that the row has no mask.</param>
    /// <param name="encoding">Ignore value, class map, number of classes; null: <see cref="MaskEncoding.Plain"/>.</param>
    /// <param name="resizing">
    /// How a mask of another size is made to fit; give it what <c>ResizeImages</c> has, whose default this is. Each pixel takes the nearest
    /// class, padding is 255. Null: a mask of another size is an error.
    /// </param>
    /// <param name="cropAnchor">What a crop keeps, as in <c>ResizeImages</c>.</param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public LabelImageLoadingEstimator LoadMasks(
        string outputColumnName,
        string? imageFolder,
        int imageWidth,
        int imageHeight,
        string? inputColumnName = null,
        MaskEncoding? encoding = null,
        ImageResizingEstimator.ResizingKind? resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center)
        => new(new LabelImageSource
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Folder = imageFolder,
            Size = new ImageSize(imageHeight, imageWidth),
            Resizing = resizing,
            CropAnchor = cropAnchor,
            Mask = encoding ?? MaskEncoding.Plain,
        });

    /// <summary>
    /// Create <see cref="LabelImageLoadingEstimator"/>, which reads maps (a number per pixel) from the PNG or .npy files that a text column names.
    /// The output column is a vector of <see cref="float"/> with the dimensions [imageHeight, imageWidth]; NaN means "no value".
    /// </summary>
    /// <param name="outputColumnName">The column to add.</param>
    /// <param name="imageFolder">Joined before every path; null: paths are used as they are.</param>
    /// <param name="imageWidth">Width of every map in the column, that of the images.</param>
    /// <param name="imageHeight">Height of every map in the column, that of the images.</param>
    /// <param name="inputColumnName">The column of the paths; null: <paramref name="outputColumnName"/>. An empty path means that the row has no map.</param>
    /// <param name="encoding">Scale, offset, invalid value; null: <see cref="MapEncoding.Plain"/>.</param>
    /// <param name="resizing">
    /// How a map of another size is made to fit; give it what <c>ResizeImages</c> has, whose default this is. Each pixel takes the nearest
    /// value, padding is NaN. Null: a map of another size is an error.
    /// </param>
    /// <param name="cropAnchor">What a crop keeps, as in <c>ResizeImages</c>.</param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public LabelImageLoadingEstimator LoadMaps(
        string outputColumnName,
        string? imageFolder,
        int imageWidth,
        int imageHeight,
        string? inputColumnName = null,
        MapEncoding? encoding = null,
        ImageResizingEstimator.ResizingKind? resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center)
        => new(new LabelImageSource
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Folder = imageFolder,
            Size = new ImageSize(imageHeight, imageWidth),
            Resizing = resizing,
            CropAnchor = cropAnchor,
            Map = encoding ?? MapEncoding.Plain,
        });

    /// <summary>
    /// Create <see cref="FlaggedRowFilteringEstimator"/>, which leaves out training rows whose labels were flagged as wrong: what comes after it is trained on the others.
    /// </summary>
    /// <param name="taskNames">A row is left out that is flagged for any of these tasks of the trainer before this step; none: for any of all.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public FlaggedRowFilteringEstimator FilterFlagged(params string[] taskNames) => new(taskNames);

    /// <summary>
    /// Create <see cref="LabelCorruptionEstimator"/>, which makes a known share of the labels of one column wrong: a step for experiments.
    /// </summary>
    /// <param name="labelColumnName">The label column: key, <see cref="bool"/>, <see cref="float"/> or known-size vector of <see cref="float"/>.</param>
    /// <param name="kind">What happens to a chosen label; class kinds for keys and booleans, number kinds for numbers.</param>
    /// <param name="fraction">Share of the labelled rows that are chosen, in [0, 1].</param>
    /// <param name="seed">
    /// Seed of the choice and of the wrong values. With one seed and one fraction, columns that have labels in the same rows are hit in the same
    /// rows, whatever the length of their labels: so shape and pose of one body are made wrong together.
    /// </param>
    /// <param name="truthColumnName">The added <see cref="bool"/> column, true where the label was changed; null: the label column's name + "Corrupted".</param>
    /// <param name="idColumnName">Names the rows, see <see cref="LabelCorruptionEstimator"/>; null: the fitted data is recognised as a whole.</param>
    /// <param name="low">Lower end of <see cref="LabelCorruptionKind.UniformNoise"/>, in units of the column; null: -2 standard deviations.</param>
    /// <param name="high">Upper end of <see cref="LabelCorruptionKind.UniformNoise"/>, in units of the column; null: 2 standard deviations.</param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public LabelCorruptionEstimator CorruptLabels(
        string labelColumnName,
        LabelCorruptionKind kind,
        double fraction,
        int seed = 1,
        string? truthColumnName = null,
        string? idColumnName = null,
        double? low = null,
        double? high = null)
        => CorruptLabels(new LabelCorruptionEstimator.Options
        {
            LabelColumnName = labelColumnName,
            Corruption = new LabelCorruption { Kind = kind, Fraction = fraction, Seed = seed, Low = low ?? double.NaN, High = high ?? double.NaN },
            TruthColumnName = truthColumnName,
            IdColumnName = idColumnName,
        });

    /// <summary>
    /// Create <see cref="LabelCorruptionEstimator"/>, which makes a known share of the masks of one column wrong: a step for experiments.
    /// </summary>
    /// <param name="labelColumnName">The column of masks: vector of <see cref="byte"/> [height, width], 255 where a pixel has no class.</param>
    /// <param name="kind">What happens to a chosen mask.</param>
    /// <param name="fraction">Share of the rows with a mask that are chosen, in [0, 1].</param>
    /// <param name="seed">Seed of the choice and of the wrong values.</param>
    /// <param name="truthColumnName">The added <see cref="bool"/> column, true where the label was changed; null: the label column's name + "Corrupted".</param>
    /// <param name="idColumnName">Names the rows, see <see cref="LabelCorruptionEstimator"/>; null: the fitted data is recognised as a whole.</param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public LabelCorruptionEstimator CorruptLabels(
        string labelColumnName,
        MaskCorruptionKind kind,
        double fraction,
        int seed = 1,
        string? truthColumnName = null,
        string? idColumnName = null)
        => CorruptLabels(new LabelCorruptionEstimator.Options
        {
            LabelColumnName = labelColumnName,
            MaskCorruption = new MaskCorruption { Kind = kind, Fraction = fraction, Seed = seed },
            TruthColumnName = truthColumnName,
            IdColumnName = idColumnName,
        });

    /// <summary>
    /// Create <see cref="LabelCorruptionEstimator"/>, which makes a known share of the maps of one column wrong: a step for experiments.
    /// </summary>
    /// <param name="labelColumnName">The column of maps: vector of <see cref="float"/> [height, width], NaN where a pixel has no number.</param>
    /// <param name="kind">What happens to a chosen map.</param>
    /// <param name="fraction">Share of the rows with a map that are chosen, in [0, 1].</param>
    /// <param name="seed">Seed of the choice and of the wrong values.</param>
    /// <param name="truthColumnName">The added <see cref="bool"/> column, true where the label was changed; null: the label column's name + "Corrupted".</param>
    /// <param name="idColumnName">Names the rows, see <see cref="LabelCorruptionEstimator"/>; null: the fitted data is recognised as a whole.</param>
    /// <exception cref="ArgumentException">An argument is outside what its description says.</exception>
    public LabelCorruptionEstimator CorruptLabels(
        string labelColumnName,
        MapCorruptionKind kind,
        double fraction,
        int seed = 1,
        string? truthColumnName = null,
        string? idColumnName = null)
        => CorruptLabels(new LabelCorruptionEstimator.Options
        {
            LabelColumnName = labelColumnName,
            MapCorruption = new MapCorruption { Kind = kind, Fraction = fraction, Seed = seed },
            TruthColumnName = truthColumnName,
            IdColumnName = idColumnName,
        });

    /// <summary>Create <see cref="LabelCorruptionEstimator"/> from all its options.</summary>
    /// <param name="options">Which column, and what to do to it; never changed.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public LabelCorruptionEstimator CorruptLabels(LabelCorruptionEstimator.Options options) => new(context, options);

    /// <summary>Measures how well a noise score finds the labels that were made wrong on purpose.</summary>
    /// <param name="data">What a pipeline of <see cref="CorruptLabels(string, LabelCorruptionKind, double, int, string?, string?, double?, double?)"/> and a trainer gives for its training rows.</param>
    /// <param name="scoreColumnName">The score, for example "rings.NoiseScore"; rows where it is NaN are left out.</param>
    /// <param name="truthColumnName">The truth, for example "RingsCorrupted".</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of the wrong type.</exception>
    public NoiseDetectionMetrics EvaluateDetection(IDataView data, string scoreColumnName, string truthColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return NoiseDetectionMetrics.Measure(data, scoreColumnName, truthColumnName);
    }

    /// <summary>
    /// Loads a pipeline that <c>mlContext.Model.Save</c> wrote and that holds a <see cref="MultiTaskTransformer"/>.
    /// <c>mlContext.Model.Load</c> cannot make one, since ML.NET lets no other library define model nodes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="inputSchema">The columns the pipeline was saved with, but for images, which a file cannot name.</param>
    /// <param name="customNetwork">The network of your own that the model was trained with; null where it was one of this library's.</param>
    /// <param name="derivations">
    /// The functions of your own that derived tasks were trained with, found by their names; null where there are none. A body's surface needs none:
    /// the file holds the body.
    /// </param>
    /// <returns>The pipeline, with predictions, noise columns and noise scores equal to those before saving.</returns>
    /// <exception cref="FormatException">The file is no saved pipeline, is broken, was written by another version of this library, or needs a network or a function of your own that was not given.</exception>
    public ITransformer LoadModel(string path, out DataViewSchema inputSchema, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return LoadModel(stream, out inputSchema, customNetwork, derivations);
    }

    /// <summary>Loads a pipeline as <see cref="LoadModel(string, out DataViewSchema, CustomNetworkDefinition, IReadOnlyList{TaskDerivation})"/> does, from a stream that can seek.</summary>
    /// <param name="stream">The saved pipeline.</param>
    /// <param name="inputSchema">The columns the pipeline was saved with, but for images, which a file cannot name.</param>
    /// <param name="customNetwork">The network of your own that the model was trained with; null where it was one of this library's.</param>
    /// <param name="derivations">
    /// The functions of your own that derived tasks were trained with, found by their names; null where there are none. A body's surface needs none:
    /// the file holds the body.
    /// </param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="FormatException">The content is no saved pipeline, is broken, was written by another version of this library, or needs a network or a function of your own that was not given.</exception>
    public ITransformer LoadModel(Stream stream, out DataViewSchema inputSchema, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelLoader.Load(context, stream, customNetwork, derivations, out inputSchema);
    }
}
