using Ilt.Imaging;

namespace Ilt.Torch;

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
