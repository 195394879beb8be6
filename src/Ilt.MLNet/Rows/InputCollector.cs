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
    /// <param name="stores">Where pixels go, and features that memory does not hold.</param>
    /// <param name="expectedRows">Rows to make room for; 0 where that is not known.</param>
    public static InputCollector Create(DataViewRow row, TrainerSchema schema, PixelStores stores, long expectedRows) => schema.Image is { } image
        ? new ImageCollector(ImageReader.Create(row, image), stores)
        : new FeatureCollector(new FeatureReader(row, schema.Features), stores, expectedRows);

    // In an array while the memory lasts, beyond it in a file.
    private sealed class FeatureCollector : InputCollector
    {
        private const int FirstRows = 1024; // where their number is not known

        private readonly FeatureReader reader;
        private readonly PixelStores stores;
        private readonly float[] current;
        private readonly long most; // numbers in memory
        private float[] kept = [];
        private int count;
        private FeatureFile? file;

        public FeatureCollector(FeatureReader reader, PixelStores stores, long expectedRows)
        {
            (this.reader, this.stores, current) = (reader, stores, new float[reader.Size]);
            most = Math.Min(stores.TableBytes / sizeof(float), Array.MaxLength);
            if (expectedRows * reader.Size > most) file = stores.CreateFeatures(reader.Size);
            else kept = new float[expectedRows * reader.Size];
        }

        public override string? Read() => reader.Read(current) ?? reader.Problem(current);

        public override void Keep()
        {
            if (file is null && (long)count + current.Length > most) Spill();
            if (file is not null)
            {
                file.Append(current);
                return;
            }
            if (count + current.Length > kept.Length) Array.Resize(ref kept, (int)Math.Min(most, Math.Max(2L * kept.Length, (long)FirstRows * current.Length)));
            current.CopyTo(kept, count);
            count += current.Length;
        }

        public override TrainingData ToData(IReadOnlyList<TaskLabels> labels, IReadOnlyList<bool[]?>? knownRight)
        {
            if (file is not null) return new StreamedTable(file, labels, stores.TableBytes) { KnownRight = knownRight };
            Array.Resize(ref kept, count);
            return new TableData(kept, reader.Size, labels) { KnownRight = knownRight };
        }

        private void Spill()
        {
            file = stores.CreateFeatures(reader.Size);
            file.Append(kept.AsSpan(0, count));
            (kept, count) = ([], 0);
        }
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
