using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Gathers the network's inputs. A row is read first and kept only if all its columns are good.</summary>
internal abstract class InputCollector
{
    /// <summary>Reads the current row's input.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public abstract string? Read();

    /// <summary>Keeps the input read last.</summary>
    public abstract void Keep();

    /// <summary>A reason to doubt the inputs; null: there is none.</summary>
    public virtual string? Warning => null;

    /// <summary>The inputs kept, with their labels, and which of these are known to be right (see <see cref="TrainingData.KnownRight"/>).</summary>
    public abstract TrainingData ToData(IReadOnlyList<TaskLabels> labels, IReadOnlyList<bool[]?>? knownRight);

    /// <param name="row">A cursor in which the input columns are active.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="stores">Where pixels go.</param>
    /// <param name="expectedRows">Rows to make room for; 0 where that is not known.</param>
    public static InputCollector Create(DataViewRow row, TrainerSchema schema, PixelStores stores, long expectedRows) => schema.Image is { } image
        ? new ImageCollector(ImageReader.Create(row, image), stores)
        : new FeatureCollector(new FeatureReader(row, schema.Features), expectedRows);

    private sealed class FeatureCollector(FeatureReader reader, long expectedRows) : InputCollector
    {
        private readonly float[] current = new float[reader.Size];
        private readonly List<float> kept = new((int)Math.Min(expectedRows * reader.Size, Array.MaxLength));

        public override string? Read() => reader.Read(current) ?? reader.Problem(current);

        public override void Keep() => kept.AddRange(current);

        public override TrainingData ToData(IReadOnlyList<TaskLabels> labels, IReadOnlyList<bool[]?>? knownRight) =>
            new TableData([.. kept], reader.Size, labels) { KnownRight = knownRight };
    }

    private sealed class ImageCollector(ImageReader reader, PixelStores stores) : InputCollector
    {
        private PixelStore? kept;

        public override string? Read() => reader.Read();

        public override string? Warning => reader.Warning;

        public override void Keep()
        {
            // The size may be that of the first image.
            kept ??= stores.Create(reader.Size);
            kept.Append(reader.Pixels);
        }

        public override TrainingData ToData(IReadOnlyList<TaskLabels> labels, IReadOnlyList<bool[]?>? knownRight) =>
            new ImageData(kept!, reader.ImageSize, reader.Channels, labels) { KnownRight = knownRight };
    }
}
