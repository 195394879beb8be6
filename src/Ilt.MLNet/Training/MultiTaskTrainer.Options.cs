using Ilt.Detectors;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

public sealed partial class MultiTaskTrainer
{
    /// <summary>What to train, on which columns, and how. A value: change a copy with <c>with</c>; training never writes to it.</summary>
    public sealed record Options
    {
        /// <summary>The tasks.</summary>
        /// <value>At least one; names and output columns must be unique.</value>
        public required IReadOnlyList<TaskColumn> Tasks { get; init; }

        /// <summary>The feature columns, joined in this order; not used where <see cref="ImageColumnName"/> is set.</summary>
        /// <value>Each a number or known-size vector of <see cref="float"/>; the default is "Features".</value>
        public IReadOnlyList<string> FeatureColumnNames { get; init; } = DefaultFeatures;

        /// <summary>The image column, in place of feature columns: images that are all of one size.</summary>
        /// <value>
        /// Images of <c>ResizeImages</c>, or vectors of <see cref="float"/> or <see cref="byte"/> from 0 to 255 with the dimensions [C, H, W]
        /// (as <c>ExtractPixels</c> gives them) or [H, W, C] and 1 or 3 channels. The default is null: the rows are those of a table.
        /// </value>
        public string? ImageColumnName { get; init; }

        /// <summary>Memory for decoded images, masks and maps; what is beyond it goes to a scratch file, with the same result.</summary>
        /// <value>Bytes, not negative; the default is <see cref="MemoryBudget.DefaultBytes"/>, 2 GiB.</value>
        public long ImageMemory { get; init; } = MemoryBudget.DefaultBytes;

        /// <summary>The column that names the rows: text, integer or key, no two alike.</summary>
        /// <value>
        /// The default is null: rows are known by their position in the data given to <c>Fit</c>, from 1,
        /// and the transformer adds no noise columns, since it could not tell which row of other data is which.
        /// </value>
        public string? IdColumnName { get; init; }

        /// <summary>
        /// The task whose predictions also stand in the columns <c>Score</c>, <c>PredictedLabel</c> and <c>Probability</c>, without the task's name,
        /// where ML.NET's evaluators, <c>CrossValidate</c> and most programs look for them.
        /// </summary>
        /// <value>
        /// A task's name; empty: none. The default is null: the only task where there is one, and none where there are several, or where a feature,
        /// a label or the id has one of these names. Another column of such a name is hidden by the new one, as ML.NET's own trainers do.
        /// </value>
        public string? DefaultTask { get; init; }

        /// <summary>Rows that are measured after each epoch and never trained on, with the columns that the trainer sees.</summary>
        /// <value>The default is null: none. Excludes <see cref="ValidationFraction"/>.</value>
        public IDataView? Validation { get; init; }

        /// <summary>
        /// Share of the given rows that is split off for validation by the training seed, with two rows of every class left for training; these rows
        /// get no noise score.
        /// </summary>
        /// <value>In (0, 0.9]; the default is null: none. Excludes <see cref="Validation"/>.</value>
        public double? ValidationFraction { get; init; }

        /// <summary>
        /// What people said of labels after looking at them. A label that is Right, or Corrected (the column holds the corrected one), is trusted: the row's log-variance is
        /// held at the median of its task, and it is ranked behind all rows that nobody has looked at. A Wrong label is taken away: the row is not trained on for that
        /// task, nor ranked.
        /// </summary>
        /// <value>
        /// Each names a row by its id, or by its position from 1 where there is no <see cref="IdColumnName"/>; rows of <see cref="Validation"/> have none. The default is none.
        /// </value>
        public IReadOnlyList<LabelReview> Reviews { get; init; } = [];

        /// <summary>Epochs, batch size, network, weighting, seed and the rest; what is null there is chosen from the data.</summary>
        public TrainingOptions Training { get; init; } = new();

        /// <summary>By what the training rows are ranked: what stands in the noise columns and in <see cref="MultiTaskTransformer.NoiseScores"/>.</summary>
        /// <value>
        /// One of <see cref="DetectorCatalog"/>, or your own. The default is null: the noise score of the training, which costs no further fit. Tasks of which the
        /// detector says nothing are ranked by that, too. Where it has out-of-fold predictions, they stand in the PredictedLabel of
        /// <see cref="MultiTaskTransformer.NoiseScores"/>; predictions of the transformer are always those of its one network.
        /// </value>
        public IDetector? Detector { get; init; }

        /// <summary>Called after every fit of the <see cref="Detector"/> on the training thread, beside the message in <c>MLContext.Log</c>.</summary>
        public Action<DetectorProgress>? DetectorProgress { get; init; }

        /// <summary>
        /// Whether the training rows are looked through for other faults than wrong labels, after the training and by its network: duplicates, outliers, classes that overlap,
        /// features that give a label away, drift along their order. See <see cref="MultiTaskTransformer.Findings"/>.
        /// </summary>
        /// <value>The default is false.</value>
        public bool ChecksData { get; init; }

        /// <summary>
        /// Whether the log-variances of all training rows are kept epoch by epoch, for <see cref="MultiTaskTransformer.GetLogVariancePath"/>: which of them will be the most suspicious is not
        /// known before. Beyond 200,000 rows x tasks none are. <see cref="TrainingOptions.WatchedRows"/> names single ones.
        /// </summary>
        /// <value>The default is false. It takes 4 bytes per row, task and epoch.</value>
        public bool KeepsLogVariancePaths { get; init; }

        /// <summary>What to do with a row that cannot be used.</summary>
        /// <value>The default is <see cref="OnBadRow.Fail"/>.</value>
        public OnBadRow OnBadRow { get; init; }

        /// <summary>Called after every epoch on the training thread, beside the message in <c>MLContext.Log</c>.</summary>
        public Action<EpochReport>? Progress { get; init; }

        /// <summary>Stops the training after the current batch.</summary>
        public CancellationToken CancellationToken { get; init; }

        /// <summary>
        /// On cancellation: true returns a transformer of what was learned so far, with <see cref="MultiTaskTransformer.IsComplete"/> false (rows are ranked by the noise
        /// score where the <see cref="Detector"/> has not had its fits);
        /// false throws <see cref="OperationCanceledException"/>.
        /// </summary>
        /// <value>The default is false.</value>
        public bool KeepPartialModelOnCancel { get; init; }

        private static readonly IReadOnlyList<string> DefaultFeatures = ["Features"];

        /// <summary>The default task in effect; null: none.</summary>
        internal string? EffectiveDefaultTask => DefaultTask switch
        {
            null => Tasks.Count == 1 && ReadColumnOfADefaultName() is null ? Tasks[0].Name : null,
            "" => null,
            var name => name,
        };

        /// <summary>The feature columns that are read: none where there is an image column.</summary>
        internal IReadOnlyList<string> UsedFeatureColumnNames => ImageColumnName is null ? FeatureColumnNames : [];

        // Checked once in the trainer's constructor; the copy cannot be changed through the caller's lists.
        internal Options Checked()
        {
            if (Tasks is null || Tasks.Count == 0)
                throw new ArgumentException($"{nameof(Tasks)} is empty; name at least one task, for example TaskColumn.Classification(\"Label\").", nameof(Tasks));
            if (FeatureColumnNames is null || FeatureColumnNames.Count == 0)
                throw new ArgumentException($"{nameof(FeatureColumnNames)} is empty; name at least one feature column.", nameof(FeatureColumnNames));
            foreach (var task in Tasks)
            {
                if (task is null) throw new ArgumentException($"{nameof(Tasks)} holds a null.", nameof(Tasks));
                task.Validate(nameof(Tasks));
                if (task.IsPerPixel && ImageColumnName is null)
                    throw new ArgumentException($"Task '{task.Name}' has a label per pixel, and there is no image; set {nameof(ImageColumnName)}.", nameof(ImageColumnName));
            }
            CheckImage();
            CheckDefaultTask();
            RequireUnique(Tasks.Select(t => t.Name), nameof(Tasks), "task name");
            foreach (var task in Tasks) task.ValidateSources(Tasks, nameof(Tasks));
            ArgumentNullException.ThrowIfNull(Reviews);
            LabelReviews.Check(Reviews, Tasks, nameof(Reviews));
            RequireUnique(FeatureColumnNames, nameof(FeatureColumnNames), "feature column");
            if (FeatureColumnNames.Any(string.IsNullOrEmpty))
                throw new ArgumentException($"{nameof(FeatureColumnNames)} holds an empty name.", nameof(FeatureColumnNames));
            foreach (var task in Tasks)
                if (UsedFeatureColumnNames.Contains(task.LabelColumnName))
                    throw new ArgumentException($"Column '{task.LabelColumnName}' is both the label of task '{task.Name}' and a feature; the network would copy it. Leave it out of {nameof(FeatureColumnNames)}.", nameof(FeatureColumnNames));
            if (IdColumnName is "")
                throw new ArgumentException($"{nameof(IdColumnName)} is empty; name a column, or leave it null.", nameof(IdColumnName));
            if (Validation is not null && ValidationFraction is not null)
                throw new ArgumentException($"Both {nameof(Validation)} and {nameof(ValidationFraction)} are set; set one of them.", nameof(ValidationFraction));
            if (ValidationFraction is { } fraction && !(fraction > 0 && fraction <= 0.9))
                throw new ArgumentOutOfRangeException(nameof(ValidationFraction), fraction, $"{nameof(ValidationFraction)} must be above 0 and at most 0.9.");
            ArgumentNullException.ThrowIfNull(Training);
            Training.Validate();
            if (ImageColumnName is not null) Training.ValidateForImages();
            if (Detector?.Problem(Training) is { } unfit)
                throw new ArgumentException($"{nameof(Detector)}: {unfit}.", nameof(Detector));
            if (!Enum.IsDefined(OnBadRow))
                throw new ArgumentOutOfRangeException(nameof(OnBadRow), OnBadRow, $"{nameof(OnBadRow)} must be Fail or Skip.");
            return this with { Tasks = [.. Tasks.Select(task => task.WithScale(Tasks))], FeatureColumnNames = [.. FeatureColumnNames], Reviews = [.. Reviews] };
        }

        private void CheckDefaultTask()
        {
            if (string.IsNullOrEmpty(DefaultTask)) return;
            if (Tasks.All(task => task.Name != DefaultTask))
                throw new ArgumentException($"{nameof(DefaultTask)} is '{DefaultTask}', which is no task; there are {string.Join(", ", Tasks.Select(task => $"'{task.Name}'"))}.", nameof(DefaultTask));
            if (ReadColumnOfADefaultName() is { } column)
                throw new ArgumentException($"{nameof(DefaultTask)} adds a column '{column}', and the trainer reads one of that name, which would be hidden. Copy it to another name first, with mlContext.Transforms.CopyColumns, or leave {nameof(DefaultTask)} out.", nameof(DefaultTask));
        }

        /// <summary>A column that the trainer reads and the predictions of a default task would hide; null: there is none.</summary>
        private string? ReadColumnOfADefaultName()
            => UsedFeatureColumnNames.Concat(Tasks.Select(task => task.LabelColumnName)).Append(ImageColumnName).Append(IdColumnName)
                .FirstOrDefault(name => name is OutputColumns.Score or OutputColumns.PredictedLabel or OutputColumns.Probability);

        private void CheckImage()
        {
            if (ImageMemory < 0)
                throw new ArgumentOutOfRangeException(nameof(ImageMemory), ImageMemory, $"{nameof(ImageMemory)} cannot be negative.");
            if (ImageColumnName is null) return;
            if (ImageColumnName.Length == 0)
                throw new ArgumentException($"{nameof(ImageColumnName)} is empty; name a column, or leave it null.", nameof(ImageColumnName));
            if (!FeatureColumnNames.SequenceEqual(DefaultFeatures))
                throw new ArgumentException($"Both {nameof(ImageColumnName)} and {nameof(FeatureColumnNames)} are set; a network takes an image or features, not both. Leave one of them out.", nameof(FeatureColumnNames));
            if (Tasks.FirstOrDefault(task => task.LabelColumnName == ImageColumnName) is { } copied)
                throw new ArgumentException($"Column '{ImageColumnName}' is both the label of task '{copied.Name}' and the image; the network would copy it.", nameof(ImageColumnName));
        }

        private static void RequireUnique(IEnumerable<string> names, string option, string what)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in names)
                if (!seen.Add(name))
                    throw new ArgumentException($"The {what} '{name}' is given twice in {option}; each may be given once.", option);
        }
    }
}
