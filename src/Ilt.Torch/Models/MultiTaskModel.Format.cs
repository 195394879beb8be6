using Ilt.State;

namespace Ilt.Torch;

public sealed partial class MultiTaskModel
{
    private const int FormatVersion = 3;
    private const int LeastTaskBytes = 17; // name, loss scale, channels, kind

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
            TaskKinds.Write(writer, Tasks[k]);
            scalings[k]?.Save(writer);
        }
        NetworkState.Save(Network, writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">At the first byte of the model.</param>
    /// <param name="customNetwork">The network of the user's that the model was trained with; null where it was one of this library's.</param>
    /// <param name="derivations">The computations of the user's that derived tasks were trained with, found by their names; null where there are none.</param>
    /// <param name="device">Where it is to predict; null = on the CPU. Files are the same wherever a model was trained.</param>
    /// <exception cref="InvalidOperationException">The device is a CUDA device that is not there.</exception>
    /// <exception cref="FormatException">The data is broken, of another version, or belongs to another network.</exception>
    public static MultiTaskModel Load(
        BinaryReader reader, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null, TrainingDevice? device = null)
    {
        var version = reader.ReadInt32();
        if (version != FormatVersion)
            throw new FormatException($"The model has format version {version}; this version of Ilt.MLNet reads version {FormatVersion}. {(version > FormatVersion ? "Update Ilt.MLNet" : "Train the model again")}.");
        var definition = ReadDefinition(reader.ReadString(), customNetwork);
        var input = new InputShape(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var inputScaling = reader.ReadBoolean() ? InputScaling.Load(reader) : null;
        var tasks = new TaskDefinition[reader.ReadCount(LeastTaskBytes)];
        var scalings = new TargetScaling?[tasks.Length];
        for (var k = 0; k < tasks.Length; k++)
        {
            tasks[k] = TaskKinds.Read(reader, derivations ?? []);
            if (tasks[k].HasScale) scalings[k] = TargetScaling.Load(reader);
        }
        RequireRoom(reader, definition, input, tasks);
        var compute = ComputeDevice.Open(device ?? TrainingDevice.Cpu, TrainingPrecision.Float32);
        var model = new MultiTaskModel(tasks, definition, input, inputScaling, scalings, seed: 0, compute);
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

    // A network is made before its numbers are read: what a damaged file describes must not be larger than the file.
    private static void RequireRoom(BinaryReader reader, NetworkDefinition definition, InputShape input, IReadOnlyList<TaskDefinition> tasks)
    {
        if (!reader.BaseStream.CanSeek) return;
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        var least = definition.LeastNumbers(input) + tasks.Where(task => task.HasHead).Sum(task => (long)Math.Max(0, task.Channels));
        if (least * sizeof(float) > left)
            throw new FormatException(FormattableString.Invariant($"The model describes a network of at least {least} numbers where {left} bytes are left; it is damaged."));
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
}
