using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Label images of one task, one per row. A row of which no pixel has a value has no label.</summary>
public abstract class PixelLabels : TaskLabels
{
    private protected readonly bool[] Labelled;

    private protected PixelLabels(PixelStore pixels, ImageSize size, int bytesPerPixel)
    {
        if (pixels.BytesPerRow != size.Height * size.Width * bytesPerPixel)
            throw new ArgumentException($"The label images have {pixels.BytesPerRow} bytes each; {size.Height} x {size.Width} pixels of {bytesPerPixel} byte(s) need {size.Height * size.Width * bytesPerPixel}.", nameof(pixels));
        Pixels = pixels;
        Size = size;
        Labelled = new bool[pixels.Count];
    }

    /// <summary>Size of every label image.</summary>
    public ImageSize Size { get; }

    /// <summary>The label images.</summary>
    public PixelStore Pixels { get; }

    /// <inheritdoc/>
    public sealed override int Count => Labelled.Length;

    /// <inheritdoc/>
    public sealed override bool IsLabelled(int row) => Labelled[row];

    internal sealed override void AppendTo(IncrementalHash hash) => hash.Append(Pixels);
}

/// <summary>Masks: one byte per pixel, a class from 0, or 255 for a pixel that takes no part.</summary>
public sealed class MaskLabels : PixelLabels
{
    private readonly (int Row, int Pixel)[] firstOfClass = new (int, int)[256];

    /// <summary>Takes masks over and looks at each once.</summary>
    /// <param name="masks">Rows of height x width bytes, line by line from the top; kept, not copied.</param>
    /// <param name="size">Size of every mask.</param>
    /// <exception cref="ArgumentException">The store's rows have another length.</exception>
    public MaskLabels(PixelStore masks, ImageSize size) : base(masks, size, 1)
    {
        var mask = new byte[masks.BytesPerRow];
        for (var row = 0; row < Count; row++)
        {
            masks.Read(row, mask);
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                var id = mask[pixel];
                if (ClassPixels[id]++ == 0) firstOfClass[id] = (row, pixel);
                Labelled[row] |= id != PixelClassificationTask.Ignored;
            }
        }
    }

    /// <summary>Pixels of every id over all rows, 256 entries.</summary>
    internal long[] ClassPixels { get; } = new long[256];

    /// <summary>Copies a mask out.</summary>
    public void Read(int row, Span<byte> mask) => Pixels.Read(row, mask);

    internal override MaskLabels Subset(ReadOnlySpan<int> rows) => new(Pixels.Subset(rows), Size);

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not PixelClassificationTask classification) throw WrongKind(task, "masks");
        for (var id = classification.ClassCount; id < PixelClassificationTask.Ignored; id++)
            if (ClassPixels[id] > 0)
                throw new ArgumentException($"Task '{task.Name}', data row {firstOfClass[id].Row + 1}: class {id} at line {(firstOfClass[id].Pixel / Size.Width) + 1}, column {(firstOfClass[id].Pixel % Size.Width) + 1} is outside 0 .. {classification.ClassCount - 1} (255 = no class).");
        if (training && ClassPixels.Take(PixelClassificationTask.Ignored).Count(pixels => pixels > 0) is var seen and < 2)
            throw new ArgumentException($"Task '{task.Name}': the training masks hold {(seen == 0 ? "no class at all" : "only one class")}; there is nothing to learn. {(ClassPixels[PixelClassificationTask.Ignored] > 0 ? "255 means 'no class'; if it is a class in these masks (black and white ones), map it to another id. " : "")}Check the masks, or leave the task out.");
    }
}

/// <summary>Maps: one number per pixel in the user's units, NaN for a pixel without one.</summary>
public sealed class MapLabels : PixelLabels
{
    private const int SampledPixels = 200_000; // plenty for quantiles, and sorted in milliseconds

    private readonly List<float> sample = [];

    /// <summary>Takes maps over and looks at each once.</summary>
    /// <param name="maps">Rows of height x width numbers (4 bytes each, little-endian), line by line from the top; kept, not copied.</param>
    /// <param name="size">Size of every map.</param>
    /// <exception cref="ArgumentException">The store's rows have another length, or a number is infinite.</exception>
    public MapLabels(PixelStore maps, ImageSize size) : base(maps, size, sizeof(float))
    {
        var map = new float[size.Height * size.Width];
        var stride = (int)Math.Max(1, (long)Count * map.Length / SampledPixels) | 1; // odd, so that it does not step along one column
        var at = 0;
        for (var row = 0; row < Count; row++)
        {
            Read(row, map);
            for (var pixel = 0; pixel < map.Length; pixel++)
            {
                if (float.IsInfinity(map[pixel]))
                    throw new ArgumentException($"Map of data row {row + 1}: the number at line {(pixel / size.Width) + 1}, column {(pixel % size.Width) + 1} is infinite. Mend it, or make it NaN for 'no value'.", nameof(maps));
                if (float.IsNaN(map[pixel])) continue;
                Labelled[row] = true;
                if (at++ % stride == 0) sample.Add(map[pixel]);
            }
        }
    }

    /// <summary>Numbers spread evenly over all pixels that have one.</summary>
    internal IReadOnlyList<float> Sample => sample;

    /// <summary>Copies a map out.</summary>
    public void Read(int row, Span<float> map) => Pixels.Read(row, MemoryMarshal.AsBytes(map));

    internal override MapLabels Subset(ReadOnlySpan<int> rows) => new(Pixels.Subset(rows), Size);

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not PixelRegressionTask) throw WrongKind(task, "maps");
    }
}
