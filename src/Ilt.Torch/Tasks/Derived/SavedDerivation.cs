using System.Runtime.InteropServices;
using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Derived tasks in model files: a body with its arrays, so that the file is enough; a function of the user's by its name.</summary>
internal static class SavedDerivation
{
    public static void Write(BinaryWriter writer, DerivedTask task)
    {
        writer.Write(task.Sources.Count);
        for (var i = 0; i < task.Sources.Count; i++)
        {
            writer.Write(task.Sources[i]);
            writer.Write(task.SourceDimensions[i]);
        }
        writer.Write(task.Derivation.Name);
        writer.Write(task.Derivation is BodySurface);
        if (task.Derivation is BodySurface surface) Write(writer, surface);
    }

    public static TaskDefinition Read(SavedTask saved)
    {
        var (reader, task, channels, derivations) = saved;
        var sources = new string[reader.ReadInt32()];
        var dimensions = new int[sources.Length];
        for (var i = 0; i < sources.Length; i++) (sources[i], dimensions[i]) = (reader.ReadString(), reader.ReadInt32());
        var name = reader.ReadString();
        var derivation = reader.ReadBoolean()
            ? ReadSurface(reader)
            : derivations.FirstOrDefault(given => given.Name == name)
                ?? throw new FormatException($"Task '{task}' of the model is computed by '{name}', which a file cannot hold; give the computation of that name when loading.");
        try
        {
            var derived = new DerivedTask(task, derivation, sources, dimensions);
            return derived.Channels == channels
                ? derived
                : throw new FormatException($"Task '{task}' of the model has {channels} numbers per row; the computation '{name}' given for loading gives {derived.Channels}. Give the one that the model was trained with.");
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"The computation '{name}' given for loading does not fit the model: {e.Message} Give the one that the model was trained with.", e);
        }
    }

    private static void Write(BinaryWriter writer, BodySurface surface)
    {
        var model = surface.Model;
        writer.Write(model.Name);
        writer.Write(model.ShapeCount);
        WriteNumbers(writer, [.. surface.Vertices]);
        WriteNumbers(writer, model.Parents);
        WriteNumbers(writer, model.Faces);
        foreach (var numbers in (float[][])[model.Template, model.ShapeDirections, model.JointRegressor, model.Weights, model.PoseDirections ?? []])
            WriteNumbers(writer, numbers);
    }

    private static BodySurface ReadSurface(BinaryReader reader)
    {
        var (name, shapeCount) = (reader.ReadString(), reader.ReadInt32());
        var (vertices, parents, faces) = (ReadNumbers<int>(reader), ReadNumbers<int>(reader), ReadNumbers<int>(reader));
        var (template, shape, regressor) = (ReadNumbers<float>(reader), ReadNumbers<float>(reader), ReadNumbers<float>(reader));
        var (weights, pose) = (ReadNumbers<float>(reader), ReadNumbers<float>(reader));
        var (v, j) = (template.Length / 3, parents.Length);
        var arrays = new Dictionary<string, NpyArray>
        {
            ["v_template"] = NpyArray.Create(template, v, 3),
            ["shapedirs"] = NpyArray.Create(shape, v, 3, shapeCount),
            ["J_regressor"] = NpyArray.Create(regressor, j, v),
            ["weights"] = NpyArray.Create(weights, v, j),
            ["kintree_table"] = NpyArray.Create([.. parents, .. Enumerable.Range(0, j)], 2, j),
            ["f"] = NpyArray.Create(faces, faces.Length / 3, 3),
        };
        if (pose.Length > 0) arrays["posedirs"] = NpyArray.Create(pose, v, 3, 9 * (j - 1));
        return new BodySurface(BodyModel.FromArrays(arrays, name, shapeCount), vertices);
    }

    private static void WriteNumbers<T>(BinaryWriter writer, T[] numbers) where T : struct
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    private static T[] ReadNumbers<T>(BinaryReader reader) where T : struct
    {
        var numbers = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
