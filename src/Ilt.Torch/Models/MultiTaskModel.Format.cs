namespace Ilt.Torch;

public sealed partial class MultiTaskModel
{
    private const int FormatVersion = 3;

    private enum SavedTask
    {
        Classification,
        Regression,
        PixelClassification,
        PixelRegression,
        Derived,
    }

    /// <summary>Writes the model; the writer stays open.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(FormatVersion);
        writer.Write(Definition.ToJson());
        foreach (var size in (ReadOnlySpan<int>)[Input.Channels, Input.Height, Input.Width]) writer.Write(size);
        writer.Write(InputScaling is not null);
        InputScaling?.Save(writer);
        writer.Write(Tasks.Count);
        for (var k = 0; k < Tasks.Count; k++)
        {
            SaveTask(writer, Tasks[k]);
            scalings[k]?.Save(writer);
        }
        NetworkState.Save(Network, writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">At the first byte of the model.</param>
    /// <param name="customNetwork">The network of the user's that the model was trained with; null where it was one of this library's.</param>
    /// <param name="derivations">The computations of the user's that derived tasks were trained with, found by their names; null where there are none.</param>
    /// <exception cref="FormatException">The data is broken, of another version, or belongs to another network.</exception>
    public static MultiTaskModel Load(BinaryReader reader, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null)
    {
        var version = reader.ReadInt32();
        if (version != FormatVersion)
            throw new FormatException($"The model has format version {version}; this version of Ilt.MLNet reads version {FormatVersion}. {(version > FormatVersion ? "Update Ilt.MLNet" : "Train the model again")}.");
        var definition = ReadDefinition(reader.ReadString(), customNetwork);
        var input = new InputShape(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var inputScaling = reader.ReadBoolean() ? InputScaling.Load(reader) : null;
        var tasks = new TaskDefinition[reader.ReadInt32()];
        var scalings = new TargetScaling?[tasks.Length];
        for (var k = 0; k < tasks.Length; k++)
        {
            tasks[k] = LoadTask(reader, derivations ?? []);
            if (tasks[k] is RegressionTask or PixelRegressionTask or DerivedTask) scalings[k] = TargetScaling.Load(reader);
        }
        var model = new MultiTaskModel(tasks, definition, input, inputScaling, scalings, seed: 0);
        try
        {
            NetworkState.Load(reader, model.Network);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static NetworkDefinition ReadDefinition(string json, CustomNetworkDefinition? customNetwork)
    {
        var definition = NetworkDefinition.FromJson(json);
        if (definition is not CustomNetworkDefinition saved) return definition;
        if (customNetwork is null)
            throw new FormatException($"The model was trained with the custom network '{saved.Name}', which a file cannot hold; give the same network when loading.");
        if (customNetwork.Name != saved.Name)
            throw new FormatException($"The model was trained with the custom network '{saved.Name}'; '{customNetwork.Name}' was given for loading.");
        return customNetwork;
    }

    private static void SaveTask(BinaryWriter writer, TaskDefinition task)
    {
        writer.Write(task.Name);
        writer.Write(task.LossScale);
        writer.Write(task.Channels);
        switch (task)
        {
            case ClassificationTask:
                writer.Write((int)SavedTask.Classification);
                break;
            case PixelClassificationTask:
                writer.Write((int)SavedTask.PixelClassification);
                break;
            case RegressionTask regression:
                writer.Write((int)SavedTask.Regression);
                writer.Write((int)regression.Reduction);
                writer.Write((int)regression.Scale);
                writer.Write((int)regression.Loss);
                writer.Write(regression.TargetClip);
                break;
            case DerivedTask derived:
                writer.Write((int)SavedTask.Derived);
                SavedDerivation.Write(writer, derived);
                break;
            case PixelRegressionTask regression:
                writer.Write((int)SavedTask.PixelRegression);
                writer.Write((int)regression.Loss);
                writer.Write(regression.TargetClip);
                break;
            default: // nothing may be left out in silence: the file could not be read
                throw new InvalidOperationException($"Task '{task.Name}' is a {task.GetType().Name}, which has no saved form.");
        }
    }

    private static TaskDefinition LoadTask(BinaryReader reader, IReadOnlyList<TaskDerivation> derivations)
    {
        var (name, lossScale, channels) = (reader.ReadString(), reader.ReadDouble(), reader.ReadInt32());
        var kind = (SavedTask)reader.ReadInt32();
        return kind switch
        {
            SavedTask.Classification => new ClassificationTask(name, channels) { LossScale = lossScale },
            SavedTask.PixelClassification => new PixelClassificationTask(name, channels) { LossScale = lossScale },
            SavedTask.Regression => new RegressionTask(name, channels)
            {
                LossScale = lossScale,
                Reduction = (RegressionReduction)reader.ReadInt32(),
                Scale = (TargetScale)reader.ReadInt32(),
                Loss = (RegressionLoss)reader.ReadInt32(),
                TargetClip = reader.ReadDouble(),
            },
            SavedTask.Derived => SavedDerivation.Read(reader, name, channels, derivations) with { LossScale = lossScale },
            SavedTask.PixelRegression => new PixelRegressionTask(name) { LossScale = lossScale, Loss = (PixelLoss)reader.ReadInt32(), TargetClip = reader.ReadDouble() },
            _ => throw new FormatException($"The model's task '{name}' is of the unknown kind {(int)kind}."),
        };
    }
}
