using System.Runtime.InteropServices;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Reads masks: vectors of class ids, 255 where a pixel has none.</summary>
internal sealed class MaskLabelReader(ValueGetter<VBuffer<byte>> getter, TaskSchema task, ImageSize size, PixelStores stores) : LabelReader
{
    private readonly byte[] current = new byte[size.PixelCount];
    private readonly PixelStore kept = stores.Create(size.PixelCount);
    private VBuffer<byte> buffer;
    private int highest = -1;

    public override int HighestClass => highest;

    public override string? Read()
    {
        var column = task.Task.LabelColumnName;
        if (PixelVector.Read(getter, ref buffer, current, column) is { } problem) return problem;
        if (task.Size == 0) return null; // classes are counted, so that any id is one
        for (var pixel = 0; pixel < current.Length; pixel++)
            if (current[pixel] >= task.Size && current[pixel] != PixelClassificationTask.Ignored)
                return FormattableString.Invariant($"label column '{column}' holds class id {current[pixel]} at line {(pixel / size.Width) + 1}, column {(pixel % size.Width) + 1}; 0 .. {task.Size - 1} were expected, or 255 for a pixel without class");
        return null;
    }

    public override void Keep()
    {
        kept.Append(current);
        foreach (var id in current)
            if (id != PixelClassificationTask.Ignored && id > highest) highest = id;
    }

    public override void KeepMissing()
    {
        Array.Fill(current, PixelClassificationTask.Ignored);
        Keep();
    }

    public override TaskLabels ToLabels() => new MaskLabels(kept, size);
}

/// <summary>Reads maps: vectors of numbers, NaN where a pixel has none.</summary>
internal sealed class MapLabelReader(ValueGetter<VBuffer<float>> getter, TaskSchema task, ImageSize size, PixelStores stores) : LabelReader
{
    private readonly float[] current = new float[size.PixelCount];
    private readonly PixelStore kept = stores.Create(size.PixelCount * sizeof(float));
    private VBuffer<float> buffer;

    public override string? Read()
    {
        var column = task.Task.LabelColumnName;
        if (PixelVector.Read(getter, ref buffer, current, column) is { } problem) return problem;
        var infinite = Array.FindIndex(current, float.IsInfinity);
        return infinite < 0 ? null : FormattableString.Invariant(
            $"label column '{column}' is infinite at line {(infinite / size.Width) + 1}, column {(infinite % size.Width) + 1}; a number was expected, or NaN for a pixel without one");
    }

    public override void Keep() => kept.Append(MemoryMarshal.AsBytes<float>(current));

    public override void KeepMissing()
    {
        Array.Fill(current, float.NaN);
        Keep();
    }

    public override TaskLabels ToLabels() => new MapLabels(kept, size);
}

/// <summary>Reads a vector of a fixed length into an array.</summary>
internal static class PixelVector
{
    /// <returns>Null, or what is wrong with the value.</returns>
    public static string? Read<T>(ValueGetter<VBuffer<T>> getter, ref VBuffer<T> buffer, T[] destination, string column)
    {
        try
        {
            getter(ref buffer);
        }
        catch (Exception e) when (RowProblem.IsOfValue(e))
        {
            return RowProblem.Describe("label", column, e);
        }
        if (buffer.Length != destination.Length)
            return $"label column '{column}' holds {buffer.Length} pixels where its type says {destination.Length}";
        buffer.CopyTo(destination);
        return null;
    }
}
