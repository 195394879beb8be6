using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>
/// All that ML.NET's side knows of one thing a label can be: which columns hold it, how they are read and checked, what the training is
/// told, what is predicted, and what a file and a table say of it. It has no state; what differs from task to task stands in the
/// <see cref="TaskSchema"/>. Where one kind of task takes several bindings, they share what is said of the kind.
/// </summary>
internal abstract partial class TaskBinding
{
    /// <summary>What the label is, in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Whether labels are read from a column; false: they come from those of other tasks.</summary>
    public virtual bool HasColumn => true;

    /// <summary>Whether the label is an image: one class or number per pixel.</summary>
    public virtual bool IsPerPixel => false;

    /// <summary>Whether other tasks can be derived from it.</summary>
    public virtual bool IsSource => false;

    /// <summary>What a size counts, in messages.</summary>
    public virtual string SizeUnit => "number(s)";

    // What the user asked for. All but the names is said of the kind, so that any of its bindings may be asked.

    /// <exception cref="ArgumentException">A name is missing, or not to be given.</exception>
    public virtual void CheckNames(TaskColumn task, string option) => RequireNames(task, option);

    /// <summary>Checks the options that are for this kind of task alone.</summary>
    /// <param name="task">A task of any kind.</param>
    /// <param name="isOwn">Whether it is of this kind; an option of another kind must not be set.</param>
    /// <param name="option">Name of the checked option, for the exception.</param>
    /// <exception cref="ArgumentException">An option is set that is for this kind only, or out of its range.</exception>
    public virtual void CheckOptions(TaskColumn task, bool isOwn, string option) { }

    /// <summary>Checks that the tasks this one comes from are there.</summary>
    /// <exception cref="ArgumentException">One is absent, or of a kind from which nothing can be derived.</exception>
    public virtual void CheckSources(TaskColumn task, IReadOnlyList<TaskColumn> tasks, string option) { }

    /// <summary>The task with all filled in that was left open and that the other tasks tell.</summary>
    public virtual TaskColumn Complete(TaskColumn task, IReadOnlyList<TaskColumn> tasks) => task;

    // The schema.

    /// <summary>The columns that fit, in messages.</summary>
    public abstract string Expected { get; }

    /// <summary>Whether a column of this shape holds such labels.</summary>
    public abstract bool Fits(SchemaShape.Column column);

    /// <summary>What to do with a column that fits no binding of the kind.</summary>
    public abstract string Advice(SchemaShape.Column column);

    /// <summary>The size of label images; 0 x 0 for other labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Label images without a size.</exception>
    public virtual ImageSize ImageSizeOf(DataViewSchema.Column column, string parameter) => default;

    /// <summary>Reads the schema of a label column that has passed the shape check.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many classes, or numbers that do not fit the task's loss.</exception>
    public abstract TaskSchema Read(TaskColumn task, DataViewSchema schema);

    /// <summary>A task that only serves to promise a schema: a shape knows neither sizes nor key values.</summary>
    public abstract TaskSchema Placeholder(TaskColumn task, SchemaShape shape);

    /// <summary>The task with what only its sources tell.</summary>
    /// <exception cref="ArgumentException">The computation does not take these sources.</exception>
    public virtual TaskSchema Measure(TaskSchema task, IReadOnlyList<TaskSchema> sources) => task;

    /// <summary>The task with what only its rows tell.</summary>
    /// <param name="task">The task as its column defines it.</param>
    /// <param name="highestClass">See <see cref="LabelReader.HighestClass"/>.</param>
    public virtual TaskSchema Complete(TaskSchema task, int highestClass) => task;

    /// <summary>A task of a file with what the network's part of the file tells.</summary>
    public virtual TaskSchema Restore(TaskSchema task, TaskDefinition saved) => task;

    // The labels.

    /// <summary>The task as the training wants it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sources">Definitions of the tasks that a derived one is computed from; not used for others.</param>
    /// <exception cref="ArgumentException">The computation does not take these sources.</exception>
    public abstract TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources);

    /// <summary>A reader of the label column; null where there is none.</summary>
    /// <param name="row">A row or cursor in which the label column is active.</param>
    /// <param name="task">The task.</param>
    /// <param name="imageSize">Size of label images; not used for others.</param>
    /// <param name="stores">Where label images go.</param>
    public abstract LabelReader? CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores);

    /// <summary>The labels of a task without a column.</summary>
    /// <param name="sources">The labels of its sources, in order.</param>
    public virtual TaskLabels Derive(IReadOnlyList<TaskLabels> sources) => throw Cannot("come from other labels");

    /// <summary>Finds labels from which nothing can be learned.</summary>
    /// <param name="task">The task.</param>
    /// <param name="labels">Its training labels.</param>
    /// <param name="warnings">Gets the oddities that do not stop the training.</param>
    /// <exception cref="InvalidOperationException">There are no labels, one class only, or a constant target.</exception>
    public abstract void Check(TaskSchema task, TaskLabels labels, List<string> warnings);

    /// <summary>The class of every row, by which rows are split, -1 where it has none; null where labels are no classes.</summary>
    public virtual IReadOnlyList<int>? Classes(TaskLabels labels) => null;

    // The predictions.

    /// <summary>Adds the columns of the predictions.</summary>
    public abstract void AddPredictions(PredictionColumns columns, TaskSchema task);

    /// <summary>Names of the numbers that are predicted for a row: the classes, or a vector's components; null where they have none.</summary>
    public virtual IReadOnlyList<string>? OutputNames(TaskSchema task) => task.SlotNames;

    // The table of noise scores.

    /// <summary>Whether the table holds given and predicted labels.</summary>
    public virtual bool IsListed => false;

    /// <summary>The predicted labels of all rows, for the table.</summary>
    /// <param name="task">The task.</param>
    /// <param name="predictions">The network's outputs, row after row.</param>
    public virtual TaskLabels Predicted(TaskSchema task, float[] predictions) => throw Cannot("stand in the table");

    /// <summary>Suggested labels of all rows, for the table.</summary>
    /// <param name="task">The task.</param>
    /// <param name="suggested">As in <see cref="Ilt.Auditing.TaskAudit.Suggested"/>.</param>
    public virtual TaskLabels Suggested(TaskSchema task, float[] suggested) => throw Cannot("stand in the table");

    /// <summary>The text of a given or predicted label; empty where the row has none.</summary>
    public virtual string Text(TaskSchema task, TaskLabels labels, int row) => throw Cannot("stand in the table");

    /// <summary>Numbers per row of the table's labels, which come before them in a file; 0 stands for classes.</summary>
    public virtual int SavedDimensions(TaskLabels labels) => throw Cannot("stand in a file");

    /// <summary>Writes labels of the table.</summary>
    public virtual void Save(BinaryWriter writer, TaskLabels labels) => throw Cannot("stand in a file");

    /// <summary>Reads labels of the table.</summary>
    /// <exception cref="FormatException">They are of another kind.</exception>
    public virtual TaskLabels Load(BinaryReader reader, int savedDimensions) => throw Broken();

    protected static void RequireNames(TaskColumn task, string option)
    {
        if (string.IsNullOrWhiteSpace(task.Name) || string.IsNullOrEmpty(task.LabelColumnName))
            throw new ArgumentException($"Task '{task.Name}' with label column '{task.LabelColumnName}': both names must be given.", option);
    }

    protected static InvalidOperationException NoLabels(TaskSchema task)
        => new($"{NameOf(task)} has no label in any training row. Check the column, or leave the task out.");

    protected static string NameOf(TaskSchema task) => $"Task '{task.Task.Name}' (label column '{task.Task.LabelColumnName}')";

    protected NotSupportedException Cannot(string what) => new($"Labels of the kind {Name} do not {what}.");

    protected FormatException Broken() => new($"The model file does not hold what a task with labels of the kind {Name} has; it is broken. Save the model again.");
}
