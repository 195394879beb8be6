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

        /// <summary>The feature columns, joined in this order.</summary>
        /// <value>Each a number or known-size vector of <see cref="float"/>; the default is "Features".</value>
        public IReadOnlyList<string> FeatureColumnNames { get; init; } = ["Features"];

        /// <summary>The column that names the rows: text, integer or key, no two alike.</summary>
        /// <value>
        /// The default is null: rows are known by their position in the data given to <c>Fit</c>, from 1,
        /// and the transformer adds no noise columns, since it could not tell which row of other data is which.
        /// </value>
        public string? IdColumnName { get; init; }

        /// <summary>Rows that are measured after each epoch and never trained on, with the columns that the trainer sees.</summary>
        /// <value>The default is null: none. Excludes <see cref="ValidationFraction"/>.</value>
        public IDataView? Validation { get; init; }

        /// <summary>Share of the given rows that is split off for validation by the training seed; these rows get no noise score.</summary>
        /// <value>In (0, 0.9]; the default is null: none. Excludes <see cref="Validation"/>.</value>
        public double? ValidationFraction { get; init; }

        /// <summary>Epochs, batch size, network, weighting, seed and the rest; what is null there is chosen from the data.</summary>
        public TrainingOptions Training { get; init; } = new();

        /// <summary>What to do with a row that cannot be used.</summary>
        /// <value>The default is <see cref="OnBadRow.Fail"/>.</value>
        public OnBadRow OnBadRow { get; init; }

        /// <summary>Called after every epoch on the training thread, beside the message in <c>MLContext.Log</c>.</summary>
        public Action<EpochReport>? Progress { get; init; }

        /// <summary>Stops the training after the current batch.</summary>
        public CancellationToken CancellationToken { get; init; }

        /// <summary>
        /// On cancellation: true returns a transformer of what was learned so far, with <see cref="MultiTaskTransformer.IsComplete"/> false;
        /// false throws <see cref="OperationCanceledException"/>.
        /// </summary>
        /// <value>The default is false.</value>
        public bool KeepPartialModelOnCancel { get; init; }

        // Checked once in the trainer's constructor; the copy cannot be changed through the caller's lists.
        internal Options Checked()
        {
            if (Tasks is null || Tasks.Count == 0)
                throw new ArgumentException($"{nameof(Tasks)} is empty; name at least one task, for example TaskColumn.Classification(\"Label\").", nameof(Tasks));
            if (FeatureColumnNames is null || FeatureColumnNames.Count == 0)
                throw new ArgumentException($"{nameof(FeatureColumnNames)} is empty; name at least one feature column.", nameof(FeatureColumnNames));
            foreach (var task in Tasks)
                Check(task);
            RequireUnique(Tasks.Select(t => t.Name), nameof(Tasks), "task name");
            RequireUnique(FeatureColumnNames, nameof(FeatureColumnNames), "feature column");
            if (FeatureColumnNames.Any(string.IsNullOrEmpty))
                throw new ArgumentException($"{nameof(FeatureColumnNames)} holds an empty name.", nameof(FeatureColumnNames));
            foreach (var task in Tasks)
                if (FeatureColumnNames.Contains(task.LabelColumnName))
                    throw new ArgumentException($"Column '{task.LabelColumnName}' is both the label of task '{task.Name}' and a feature; the network would copy it. Leave it out of {nameof(FeatureColumnNames)}.", nameof(FeatureColumnNames));
            if (IdColumnName is "")
                throw new ArgumentException($"{nameof(IdColumnName)} is empty; name a column, or leave it null.", nameof(IdColumnName));
            if (Validation is not null && ValidationFraction is not null)
                throw new ArgumentException($"Both {nameof(Validation)} and {nameof(ValidationFraction)} are set; set one of them.", nameof(ValidationFraction));
            if (ValidationFraction is { } fraction && !(fraction > 0 && fraction <= 0.9))
                throw new ArgumentOutOfRangeException(nameof(ValidationFraction), fraction, $"{nameof(ValidationFraction)} must be above 0 and at most 0.9.");
            ArgumentNullException.ThrowIfNull(Training);
            Training.Validate();
            if (!Enum.IsDefined(OnBadRow))
                throw new ArgumentOutOfRangeException(nameof(OnBadRow), OnBadRow, $"{nameof(OnBadRow)} must be Fail or Skip.");
            return this with { Tasks = [.. Tasks], FeatureColumnNames = [.. FeatureColumnNames] };
        }

        private static void Check(TaskColumn task)
        {
            if (task is null)
                throw new ArgumentException($"{nameof(Tasks)} holds a null.", nameof(Tasks));
            if (string.IsNullOrWhiteSpace(task.Name) || string.IsNullOrEmpty(task.LabelColumnName))
                throw new ArgumentException($"Task '{task.Name}' with label column '{task.LabelColumnName}': both names must be given.", nameof(Tasks));
            if (!Enum.IsDefined(task.Kind))
                throw new ArgumentOutOfRangeException(nameof(Tasks), task.Kind, $"Task '{task.Name}': the kind must be Classification or Regression.");
            if (!(task.LossScale > 0) || double.IsInfinity(task.LossScale))
                throw new ArgumentOutOfRangeException(nameof(Tasks), task.LossScale, $"Task '{task.Name}': {nameof(TaskColumn.LossScale)} must be a positive number.");
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
