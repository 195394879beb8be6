using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>The bindings there are: which of them a kind of task takes, and under which number each is saved.</summary>
internal static class TaskBindings
{
    private static readonly KeyBinding Key = new();
    private static readonly BooleanBinding Boolean = new();
    private static readonly NumberBinding Number = new();
    private static readonly VectorBinding Vector = new();
    private static readonly MaskBinding Mask = new();
    private static readonly MapBinding Map = new();
    private static readonly DerivedBinding Derived = new();
    private static readonly CountBinding Count = new();

    /// <summary>What labels of a kind can be: the first that fits the column is taken. Options are checked in this order.</summary>
    private static readonly (TaskKind Kind, TaskBinding[] Candidates)[] Kinds =
    [
        (TaskKind.Classification, [Key, Boolean]),
        (TaskKind.PixelClassification, [Mask]),
        (TaskKind.PixelRegression, [Map]),
        (TaskKind.Regression, [Number, Vector]),
        (TaskKind.Derived, [Derived]),
        (TaskKind.Count, [Count]),
    ];

    /// <summary>The place of a binding is its number in the file format: add new ones at the end.</summary>
    private static readonly TaskBinding[] Saved = [Key, Boolean, Number, Vector, Mask, Map, Derived, Count];

    /// <summary>A binding that knows what is said of the kind; null where there is no such kind.</summary>
    public static TaskBinding? Find(TaskKind kind) => Array.Find(Kinds, entry => entry.Kind == kind).Candidates?[0];

    /// <summary>The kinds that a derived task can be computed from, in messages: a, b or c.</summary>
    public static string Sources => SchemaErrors.Or(Kinds.Where(entry => entry.Candidates[0].IsSource).Select(entry => $"{entry.Kind}"));

    /// <summary>Checks the options that are for one kind of task only.</summary>
    /// <exception cref="ArgumentException">An option is set that is for another kind, or out of its range.</exception>
    public static void CheckOptions(TaskColumn task, string option)
    {
        foreach (var (kind, candidates) in Kinds) candidates[0].CheckOptions(task, task.Kind == kind, option);
    }

    /// <summary>The binding of a task to its label column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or of the wrong type.</exception>
    public static TaskBinding Bind(TaskColumn task, SchemaShape shape, string parameter)
    {
        var candidates = Kinds.First(entry => entry.Kind == task.Kind).Candidates;
        if (candidates is [{ HasColumn: false } only]) return only;
        var column = SchemaShapes.Find(shape, task.LabelColumnName)
            ?? throw SchemaErrors.NotFound("label", task.LabelColumnName, parameter);
        if (Array.Find(candidates, binding => binding.Fits(column)) is { } fitting) return fitting;
        var expected = SchemaErrors.Or(candidates.Select(binding => binding.Expected));
        throw SchemaErrors.Mismatch("label", column.Name, expected, SchemaShapes.Describe(column), parameter, candidates[0].Advice(column));
    }

    /// <summary>The bindings whose labels are made wrong in the way that the options set.</summary>
    public static IReadOnlyList<TaskBinding> CorruptedBy(LabelCorruptionEstimator.Options options)
        => [.. Saved.Where(binding => binding.IsCorruptedBy(options))];

    /// <summary>The kind of task that takes a binding.</summary>
    public static TaskKind KindOf(TaskBinding binding) => Kinds.First(entry => entry.Candidates.Contains(binding)).Kind;

    /// <summary>Writes which binding it is.</summary>
    public static void Save(BinaryWriter writer, TaskBinding binding) => writer.Write((byte)Array.IndexOf(Saved, binding));

    /// <exception cref="FormatException">The number is unknown.</exception>
    public static TaskBinding Load(BinaryReader reader)
    {
        var number = reader.ReadByte();
        return number < Saved.Length ? Saved[number] : throw new FormatException($"The model file holds labels of the unknown kind {number}; it is broken. Save the model again.");
    }
}
