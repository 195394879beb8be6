using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What training found out about each row, in a file.</summary>
internal static class InstanceFormat
{
    // In place of the dimensions: label images are not kept.
    private const int NoLabels = -1;

    private const sbyte NotReviewed = -1;

    public static void Write(BinaryWriter writer, InstanceTable table, IReadOnlyList<TaskSchema> schema)
    {
        var numbered = IsNumbered(table.Index);
        writer.Write(numbered);
        if (numbered) writer.Write(table.Index.Count);
        else writer.WriteList(table.Index.Ids, writer.Write);
        writer.WriteList(table.Tasks.Zip(schema, (task, of) => (Task: task, of.Binding)).ToArray(), entry =>
        {
            var (task, binding) = entry;
            writer.WriteArray<float>(task.NoiseScores);
            writer.WriteArray<float>(task.LogVariances);
            writer.WriteArray<float>(task.Losses);
            Write(writer, binding, task.Given);
            Write(writer, binding, task.Predicted);
            writer.WriteOptional(task.Audit, audit => AuditFormat.Write(writer, audit, labels => Write(writer, binding, labels)));
            writer.WriteOptional(task.Reviewed, reviewed => writer.WriteArray<sbyte>(Array.ConvertAll(reviewed, verdict => verdict is { } said ? (sbyte)said : NotReviewed)));
        });
    }

    public static InstanceTable Read(BinaryReader reader, IReadOnlyList<TaskSchema> schema)
    {
        var index = reader.ReadBoolean()
            ? InstanceIndex.FromPositions(StateFormat.Count(reader))
            : new InstanceIndex(reader.ReadList(reader.ReadString));
        var k = 0;
        var tasks = reader.ReadList(() =>
        {
            if (k == schema.Count)
                throw new FormatException($"The model file has noise scores of more than its {schema.Count} task(s); it is broken. Save the model again.");
            var binding = schema[k++].Binding;
            return new TaskInstances(
                reader.ReadArray<float>(), reader.ReadArray<float>(), reader.ReadArray<float>(), ReadLabels(reader, binding), ReadLabels(reader, binding),
                reader.ReadOptional(() => AuditFormat.Read(reader, () => ReadLabels(reader, binding))))
            {
                Reviewed = reader.ReadOptional(() => Array.ConvertAll(reader.ReadArray<sbyte>(), Verdict)),
            };
        });
        foreach (var task in tasks)
            foreach (var length in (int[])[task.NoiseScores.Length, task.LogVariances.Length, task.Losses.Length, task.Given?.Count ?? index.Count, task.Predicted?.Count ?? index.Count, task.Reviewed?.Length ?? index.Count, .. AuditFormat.Lengths(task.Audit)])
                if (length != index.Count)
                    throw new FormatException($"The model file names {index.Count} training rows, but has values for {length}; it is broken. Save the model again.");
        return new InstanceTable(index, tasks);
    }

    private static LabelVerdict? Verdict(sbyte saved) => saved == NotReviewed ? null
        : Enum.IsDefined((LabelVerdict)saved) ? (LabelVerdict)saved
        : throw new FormatException($"The model file has a verdict {saved} on a label, which there is not; it is broken. Save the model again.");

    // Row numbers need not be stored.
    private static bool IsNumbered(InstanceIndex index)
    {
        for (var row = 0; row < index.Count; row++)
            if (index[row] != (row + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) return false;
        return true;
    }

    private static void Write(BinaryWriter writer, TaskBinding binding, TaskLabels? labels)
    {
        writer.Write(labels is null ? NoLabels : binding.SavedDimensions(labels));
        if (labels is not null) binding.Save(writer, labels);
    }

    private static TaskLabels? ReadLabels(BinaryReader reader, TaskBinding binding)
    {
        var dimensions = reader.ReadInt32();
        return dimensions == NoLabels ? null : binding.Load(reader, dimensions);
    }
}
