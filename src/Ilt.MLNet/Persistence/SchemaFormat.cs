using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>The columns and tasks of a model, in a file. What computes a derived task is held by the network's part.</summary>
internal static class SchemaFormat
{
    private const int NoScale = -1;

    public static void Write(BinaryWriter writer, TrainerSchema schema)
    {
        writer.WriteList(schema.Features, feature =>
        {
            writer.Write(feature.Name);
            writer.Write(feature.Size);
        });
        writer.WriteOptional(schema.IdColumnName, writer.Write);
        writer.WriteOptional(schema.DefaultTask, writer.Write);
        writer.WriteOptional(schema.Image, image =>
        {
            writer.Write(image.Name);
            writer.Write((byte)image.Layout);
            writer.Write(image.Size.Height);
            writer.Write(image.Size.Width);
            writer.Write(image.Channels);
        });
        writer.WriteList(schema.Tasks, task =>
        {
            writer.Write(task.Task.Name);
            writer.Write(task.Task.LabelColumnName);
            writer.Write((byte)task.Task.Kind);
            writer.Write(task.Task.LossScale);
            writer.Write(task.Task.ClassCount ?? 0);
            writer.Write((byte)task.Task.PixelLoss);
            writer.Write(task.Task.Scale is { } scale ? (int)scale : NoScale);
            writer.Write((byte)task.Task.RegressionLoss);
            writer.WriteList(task.Task.Sources, writer.Write);
            TaskBindings.Save(writer, task.Binding);
            writer.Write(task.Size);
            KeyNameTypes.Save(writer, task.Names);
            writer.WriteOptional(task.SlotNames, names => writer.WriteList(names, writer.Write));
        });
    }

    public static TrainerSchema Read(BinaryReader reader)
    {
        var features = reader.ReadList(() => new FeatureColumn(reader.ReadString(), reader.ReadInt32()));
        var id = reader.ReadOptional(reader.ReadString);
        var defaultTask = reader.ReadOptional(reader.ReadString);
        var image = reader.ReadOptional(() => new ImageColumn(
            reader.ReadString(), (ImageLayout)reader.ReadByte(), new ImageSize(reader.ReadInt32(), reader.ReadInt32()), reader.ReadInt32()));
        var tasks = reader.ReadList(() => new TaskSchema(
            new TaskColumn(reader.ReadString(), reader.ReadString(), (TaskKind)reader.ReadByte())
            {
                LossScale = reader.ReadDouble(),
                ClassCount = reader.ReadInt32() is var count and > 0 ? count : null,
                PixelLoss = (PixelLoss)reader.ReadByte(),
                Scale = reader.ReadInt32() is var scale and not NoScale ? (TargetScale)scale : null,
                RegressionLoss = (RegressionLoss)reader.ReadByte(),
                Sources = reader.ReadList(reader.ReadString),
            },
            TaskBindings.Load(reader),
            reader.ReadInt32(),
            KeyNameTypes.Load(reader),
            reader.ReadOptional(() => reader.ReadList(reader.ReadString))));
        return new TrainerSchema(features, tasks, id, image) { DefaultTask = defaultTask };
    }
}
