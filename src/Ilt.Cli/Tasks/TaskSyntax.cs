using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Microsoft.ML;

namespace Ilt.Cli.Tasks;

/// <summary>
/// A kind of task on the command line: how it is written, how its labels are read, learned, told and made wrong. Everything that the
/// program does differently for one kind is here; <see cref="TaskSyntaxes"/> lists them.
/// </summary>
internal abstract class TaskSyntax
{
    /// <summary>The kind as the user writes it.</summary>
    public abstract string Word { get; }

    /// <summary>The form of a task, "NAME=class:COLUMN".</summary>
    public abstract string Usage { get; }

    /// <summary>What the help says after that form.</summary>
    public virtual string UsageNote => "";

    /// <summary>What errors say after the word; alike for kinds that are told in one breath.</summary>
    public virtual string WordNote => "";

    /// <summary>The option of <c>ilt flag</c> without which there are no such tasks; null: it needs none.</summary>
    public virtual string? NeededOption => null;

    /// <summary>Whether there is a label per pixel.</summary>
    public virtual bool IsPerPixel => false;

    /// <summary>Whether it is computed from other tasks, which it names in place of columns.</summary>
    public virtual bool IsDerived => false;

    /// <summary>Refuses columns, or names of tasks, that do not suit the kind, as far as can be seen without the table.</summary>
    /// <param name="text">The task as written.</param>
    /// <param name="columns">The columns.</param>
    public virtual void RequireColumns(string text, IReadOnlyList<string> columns)
    {
    }

    /// <summary>Refuses a task that does not suit the others.</summary>
    public virtual void RequireTasks(TaskSpec spec, IReadOnlyList<TaskSpec> specs)
    {
    }

    /// <summary>Reads a task's labels; the wrong kind of column is a <see cref="UserErrorException"/>.</summary>
    public abstract TaskLabel Read(TaskSpec spec, LabelSource source);

    /// <summary>
    /// Looks for the classes in label files that hold some, and refuses files of which nothing can be learned, after
    /// <see cref="TaskLabel.RequireLearnable"/>; null: they hold none.
    /// </summary>
    /// <param name="spec">The task.</param>
    /// <param name="paths">The files of training and validation rows.</param>
    /// <param name="images">How they are to be read.</param>
    /// <param name="cancellation">Ends the search.</param>
    public virtual FoundClasses? FindClasses(TaskSpec spec, IEnumerable<string> paths, ImageOptions images, CancellationToken cancellation) => null;

    /// <summary>Why no label can be read from a file of its format, whatever it holds; null: one can, or labels are no files.</summary>
    /// <param name="path">The file, which is there.</param>
    /// <param name="images">How it is to be read.</param>
    public virtual string? FormatProblem(string path, ImageOptions images) => null;

    /// <summary>What a user should know of the labels of the training rows although it stops nothing; null: nothing.</summary>
    public virtual string? Note(TaskLabel label, IReadOnlyList<int> trainRows) => null;

    /// <summary>The same of the labels of the validation rows.</summary>
    public virtual string? ValidationNote(TaskLabel training, TaskLabel validation) => null;

    /// <summary>What <c>ilt flag</c> says of the task before training.</summary>
    public abstract string Describe(TaskLabel label);

    /// <summary>The names of the classes, for the run record; null where there are none.</summary>
    public virtual IReadOnlyList<string>? ClassNames(TaskLabel label, FlagData data) => null;

    /// <summary>What stands for each class in label files, for the run record; null where that is not known, or labels are no such files.</summary>
    public virtual IReadOnlyList<string>? ClassValues(TaskLabel label, FlagData data) => null;

    /// <summary>The columns in which ML.NET gets the labels: the label column, or what <see cref="Steps"/> makes it from.</summary>
    /// <param name="label">Labels of training or validation rows.</param>
    /// <param name="data">All data.</param>
    public abstract IEnumerable<ViewColumn> View(TaskLabel label, FlagData data);

    /// <summary>The steps from those columns to the label column that the trainer reads.</summary>
    public abstract IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data);

    /// <summary>The task as the trainer gets it.</summary>
    public abstract TaskColumn Column(TaskLabel label, FlagData data);

    /// <summary>The task and its labels as the training itself takes them, for experiments on tables; null: the labels are no part of a table.</summary>
    public virtual LearnedTask? Learned(TaskLabel label) => null;

    /// <summary>A predicted label as the results have it, from the text that the trainer gives.</summary>
    public virtual string PredictedText(string text) => text;

    /// <summary>A class or number of a region of a label image.</summary>
    public virtual string PixelText(float value, ImagePlan images, string task) => Numbers.Format(value);

    /// <summary>The columns of <c>ilt predict</c> for a task of a model; null where its output columns are those of another kind.</summary>
    public abstract PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files);

    /// <summary>The values of <c>ilt corrupt --kind</c> that fit.</summary>
    public abstract IReadOnlyList<string> Corruptions { get; }

    /// <summary>What the help says of them.</summary>
    public abstract string CorruptionHelp { get; }

    /// <summary>Whether several such tasks are made wrong together.</summary>
    public virtual bool IsCorruptedTogether => false;

    /// <summary>Makes labels wrong, in the same rows of all tasks given.</summary>
    public abstract CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation);
}
