namespace Ilt.Torch;

/// <summary>The kinds of task: the number by which a model file knows each, and who reads what it wrote. A new kind is a folder beside this file and a line here.</summary>
internal static class TaskKinds
{
    // Numbers are in files: none may change or be used again.
    private static readonly Kind[] Kinds =
    [
        new(0, typeof(ClassificationTask), ClassificationTask.Read),
        new(1, typeof(RegressionTask), RegressionTask.Read),
        new(2, typeof(PixelClassificationTask), PixelClassificationTask.Read),
        new(3, typeof(PixelRegressionTask), PixelRegressionTask.Read),
        new(4, typeof(DerivedTask), SavedDerivation.Read),
        new(5, typeof(CountTask), CountTask.Read),
    ];

    private sealed record Kind(int Number, Type Type, Func<SavedTask, TaskDefinition> Read);

    /// <exception cref="InvalidOperationException">The kind is not in the list.</exception>
    public static void Write(BinaryWriter writer, TaskDefinition task)
    {
        // Nothing may be left out in silence: the file could not be read.
        var kind = Array.Find(Kinds, known => known.Type == task.GetType())
            ?? throw new InvalidOperationException($"Task '{task.Name}' is a {task.GetType().Name}, which has no saved form.");
        writer.Write(task.Name);
        writer.Write(task.LossScale);
        writer.Write(task.Channels);
        writer.Write(kind.Number);
        task.Write(writer);
    }

    /// <exception cref="FormatException">The kind is not in the list, or needs a computation that was not given.</exception>
    public static TaskDefinition Read(BinaryReader reader, IReadOnlyList<TaskDerivation> derivations)
    {
        var (name, lossScale, channels) = (reader.ReadString(), reader.ReadDouble(), reader.ReadInt32());
        var number = reader.ReadInt32();
        var kind = Array.Find(Kinds, known => known.Number == number)
            ?? throw new FormatException($"The model's task '{name}' is of the unknown kind {number}.");
        return kind.Read(new SavedTask(reader, name, channels, derivations)) with { LossScale = lossScale };
    }
}

/// <summary>A task in a model file.</summary>
/// <param name="Reader">At the first byte that <see cref="TaskDefinition.Write"/> wrote.</param>
/// <param name="Name">Its name.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Derivations">The computations that the user gave for loading.</param>
internal readonly record struct SavedTask(BinaryReader Reader, string Name, int Channels, IReadOnlyList<TaskDerivation> Derivations);
