using System.Globalization;
using System.Numerics;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Reads the labels of one task. A row is read first and kept only if all its columns are good.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads the current row's label.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public abstract string? Read();

    /// <summary>Keeps the label read last.</summary>
    public abstract void Keep();

    /// <summary>Keeps a missing label in place of the one read last.</summary>
    public virtual void KeepMissing() => throw new NotSupportedException("Only label images can be missing for being broken.");

    /// <summary>The labels kept.</summary>
    public abstract TaskLabels ToLabels();

    /// <summary>The highest class id of the masks kept; -1 where there is none.</summary>
    public virtual int HighestClass => -1;

    /// <param name="row">A row or cursor in which the label column is active.</param>
    /// <param name="task">The task.</param>
    /// <param name="imageSize">Size of label images; not used for others.</param>
    /// <param name="stores">Where label images go.</param>
    public static LabelReader Create(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
    {
        var column = row.Schema[task.Task.LabelColumnName];
        return task.Label switch
        {
            LabelKind.Key => new KeyLabelReader(KeyReader.Create(row, column), task),
            LabelKind.Boolean => new BooleanLabelReader(row.GetGetter<bool>(column)),
            LabelKind.Mask => new MaskLabelReader(row.GetGetter<VBuffer<byte>>(column), task, imageSize, stores),
            LabelKind.Map => new MapLabelReader(row.GetGetter<VBuffer<float>>(column), task, imageSize, stores),
            LabelKind.Number => new NumberLabelReader(NumberReader.Create(row, column), task),
            _ => new VectorLabelReader(row.GetGetter<VBuffer<float>>(column), task),
        };
    }

    private sealed class KeyLabelReader(Func<ulong> read, TaskSchema task) : LabelReader
    {
        private readonly List<int> kept = [];
        private int current;

        public override string? Read()
        {
            var key = read();
            if (key > (ulong)task.Size)
                return $"label column '{task.Task.LabelColumnName}' holds the key {key.ToString(CultureInfo.InvariantCulture)} of {task.Size}";
            current = (int)key - 1; // key 0 is a missing label, -1 here
            return null;
        }

        public override void Keep() => kept.Add(current);

        public override TaskLabels ToLabels() => new ClassLabels([.. kept]);
    }

    private sealed class BooleanLabelReader(ValueGetter<bool> getter) : LabelReader
    {
        private readonly List<int> kept = [];
        private bool current;

        public override string? Read()
        {
            getter(ref current);
            return null;
        }

        public override void Keep() => kept.Add(current ? 1 : 0);

        public override TaskLabels ToLabels() => new ClassLabels([.. kept]);
    }

    private sealed class NumberLabelReader(Func<float> read, TaskSchema task) : LabelReader
    {
        private readonly List<float> kept = [];
        private float current;

        public override string? Read()
        {
            current = read();
            return float.IsInfinity(current) ? $"label column '{task.Task.LabelColumnName}' is infinite; leave it empty (NaN) where there is no label" : null;
        }

        public override void Keep() => kept.Add(current);

        public override TaskLabels ToLabels() => new NumberLabels([.. kept], 1);
    }

    private sealed class VectorLabelReader(ValueGetter<VBuffer<float>> getter, TaskSchema task) : LabelReader
    {
        private readonly List<float> kept = [];
        private readonly float[] current = new float[task.Size];
        private VBuffer<float> buffer;

        public override string? Read()
        {
            getter(ref buffer);
            if (buffer.Length != current.Length)
                return $"label column '{task.Task.LabelColumnName}' holds {buffer.Length} numbers where its type says {current.Length}";
            buffer.CopyTo(current);
            var infinite = Array.FindIndex(current, float.IsInfinity);
            return infinite < 0 ? null : $"label column '{task.Task.LabelColumnName}', slot {infinite + 1}, is infinite; leave it empty (NaN) where there is no label";
        }

        public override void Keep() => kept.AddRange(current);

        public override TaskLabels ToLabels() => new NumberLabels([.. kept], current.Length);
    }
}
