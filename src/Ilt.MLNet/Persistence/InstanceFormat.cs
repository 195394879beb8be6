using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What training found out about each row, in a file.</summary>
internal static class InstanceFormat
{
    // In place of the dimensions: label images are not kept. 0 stands for classes.
    private const int NoLabels = -1;

    public static void Write(BinaryWriter writer, InstanceTable table)
    {
        var numbered = IsNumbered(table.Index);
        writer.Write(numbered);
        if (numbered) writer.Write(table.Index.Count);
        else writer.WriteList(table.Index.Ids, writer.Write);
        writer.WriteList(table.Tasks, task =>
        {
            writer.WriteArray<float>(task.NoiseScores);
            writer.WriteArray<float>(task.LogVariances);
            writer.WriteArray<float>(task.Losses);
            Write(writer, task.Given);
            Write(writer, task.Predicted);
        });
    }

    public static InstanceTable Read(BinaryReader reader)
    {
        var index = reader.ReadBoolean()
            ? InstanceIndex.FromPositions(StateFormat.Count(reader))
            : new InstanceIndex(reader.ReadList(reader.ReadString));
        var tasks = reader.ReadList(() => new TaskInstances(
            reader.ReadArray<float>(), reader.ReadArray<float>(), reader.ReadArray<float>(), ReadLabels(reader), ReadLabels(reader)));
        foreach (var task in tasks)
            foreach (var length in (int[])[task.NoiseScores.Length, task.LogVariances.Length, task.Losses.Length, task.Given?.Count ?? index.Count, task.Predicted?.Count ?? index.Count])
                if (length != index.Count)
                    throw new FormatException($"The model file names {index.Count} training rows, but has values for {length}; it is broken. Save the model again.");
        return new InstanceTable(index, tasks);
    }

    // Row numbers need not be stored.
    private static bool IsNumbered(InstanceIndex index)
    {
        for (var row = 0; row < index.Count; row++)
            if (index[row] != (row + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) return false;
        return true;
    }

    private static void Write(BinaryWriter writer, TaskLabels? labels)
    {
        if (labels is null)
        {
            writer.Write(NoLabels);
        }
        else if (labels is NumberLabels numbers)
        {
            writer.Write(numbers.Dimensions);
            writer.WriteArray(numbers.Values);
        }
        else
        {
            writer.Write(0);
            writer.WriteArray(((ClassLabels)labels).Classes);
        }
    }

    private static TaskLabels? ReadLabels(BinaryReader reader)
    {
        var dimensions = reader.ReadInt32();
        if (dimensions == NoLabels) return null;
        return dimensions == 0 ? new ClassLabels(reader.ReadArray<int>()) : new NumberLabels(reader.ReadArray<float>(), dimensions);
    }
}
