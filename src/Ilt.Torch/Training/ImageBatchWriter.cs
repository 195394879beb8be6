using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Fills a buffer with rows: read, augment image and labels alike, scale. Called by several threads at once.</summary>
internal sealed class ImageBatchWriter
{
    private readonly ImageData data;
    private readonly BatchOptions options;
    private readonly RowAugmentation? augmentation; // null: rows are taken as they are
    private readonly float[] scaledBytes;
    private readonly ThreadLocal<Scratch> scratch;

    public ImageBatchWriter(ImageData data, BatchOptions options)
    {
        this.data = data;
        this.options = options;
        augmentation = RowAugmentation.Of(options, data.Size);
        OutputSize = augmentation?.OutputSize ?? data.Size;
        scaledBytes = options.InputScaling!.Table();
        scratch = new ThreadLocal<Scratch>(() => new Scratch(data.Input, OutputSize));
    }

    /// <summary>Size of the images in a batch: that of the crop, or of the data.</summary>
    public ImageSize OutputSize { get; }

    private int Pixels => OutputSize.Height * OutputSize.Width;

    public void Write(int[] rows, int epoch, ImageBatchBuffer buffer)
    {
        var inputSize = data.Input.Channels * Pixels;
        buffer.Resize(rows.Length, options.Tasks, inputSize, Pixels);
        for (var i = 0; i < rows.Length; i++)
        {
            var change = augmentation?.Draw(RunSeeds.Derive(RunSeeds.Derive(options.Seed, "augment", epoch), "row", rows[i]));
            WriteImage(rows[i], change, buffer.Inputs.AsSpan(i * inputSize, inputSize));
            for (var k = 0; k < options.Tasks.Count; k++)
                buffer.Labelled[(i * options.Tasks.Count) + k] = WriteLabel(k, rows[i], i, change, buffer);
        }
    }

    private void WriteImage(int row, IRowChange? change, Span<float> destination)
    {
        var bytes = scratch.Value!.Image;
        data.Images.Read(row, bytes);
        if (change is not null)
        {
            change.Image(bytes, data.Input.Channels, scratch.Value.AugmentedImage);
            bytes = scratch.Value.AugmentedImage;
        }
        var channels = data.Input.Channels;
        for (var c = 0; c < channels; c++)
        {
            var table = scaledBytes.AsSpan(c * 256, 256);
            var plane = destination.Slice(c * Pixels, Pixels);
            for (int pixel = 0, at = c; pixel < plane.Length; pixel++, at += channels) plane[pixel] = table[bytes[at]];
        }
    }

    /// <summary>Whether the row has a label; a crop may hold no valid pixel.</summary>
    private bool WriteLabel(int k, int row, int i, IRowChange? change, ImageBatchBuffer buffer)
    {
        switch (data.Labels[k])
        {
            case ClassLabels classes:
                buffer.Classes[k]![i] = Math.Max(0, classes.Classes[row]); // without a label: class 0, of weight zero
                return classes.IsLabelled(row);
            case NumberLabels numbers:
                var target = buffer.Numbers[k].AsSpan(i * numbers.Dimensions, numbers.Dimensions);
                if (change is not null && numbers.IsLabelled(row)) options.TargetScalings[k]!.Standardise(change.Numbers(options.Tasks[k].Name, numbers[row]), target);
                else options.TargetScalings[k]!.Standardise(numbers, row, target);
                return numbers.IsLabelled(row);
            case MaskLabels masks:
                return WriteMask(masks, row, change, buffer.Classes[k].AsSpan(i * Pixels, Pixels), buffer.PixelShares[k].AsSpan(i * Pixels, Pixels));
            case DerivedLabels derived:
                return derived.IsLabelled(row);
            default:
                return WriteMap((MapLabels)data.Labels[k], options.TargetScalings[k]!, row, change, buffer.Numbers[k].AsSpan(i * Pixels, Pixels), buffer.PixelShares[k].AsSpan(i * Pixels, Pixels));
        }
    }

    private bool WriteMask(MaskLabels masks, int row, IRowChange? change, Span<long> classes, Span<float> shares)
    {
        var mask = scratch.Value!.Mask;
        masks.Read(row, mask);
        if (change is not null)
        {
            change.Mask(mask, scratch.Value.AugmentedMask);
            mask = scratch.Value.AugmentedMask;
        }
        var valid = 0;
        foreach (var id in mask)
            if (id != PixelClassificationTask.Ignored) valid++;
        var share = valid == 0 ? 0 : 1f / valid;
        for (var pixel = 0; pixel < classes.Length; pixel++)
        {
            var ignored = mask[pixel] == PixelClassificationTask.Ignored;
            classes[pixel] = ignored ? 0 : mask[pixel];
            shares[pixel] = ignored ? 0 : share;
        }
        return valid > 0;
    }

    private bool WriteMap(MapLabels maps, TargetScaling scaling, int row, IRowChange? change, Span<float> numbers, Span<float> shares)
    {
        var map = scratch.Value!.Map;
        maps.Read(row, map);
        if (change is not null)
        {
            change.Map(map, scratch.Value.AugmentedMap);
            map = scratch.Value.AugmentedMap;
        }
        var valid = 0;
        foreach (var number in map)
            if (!float.IsNaN(number)) valid++;
        var share = valid == 0 ? 0 : 1f / valid;
        for (var pixel = 0; pixel < numbers.Length; pixel++)
        {
            var ignored = float.IsNaN(map[pixel]);
            numbers[pixel] = ignored ? 0 : scaling.Standardise(map[pixel], 0);
            shares[pixel] = ignored ? 0 : share;
        }
        return valid > 0;
    }

    private sealed class Scratch(InputShape input, ImageSize output)
    {
        public byte[] Image { get; } = new byte[input.Size];
        public byte[] AugmentedImage { get; } = new byte[input.Channels * output.Height * output.Width];
        public byte[] Mask { get; } = new byte[input.Height * input.Width];
        public byte[] AugmentedMask { get; } = new byte[output.Height * output.Width];
        public float[] Map { get; } = new float[input.Height * input.Width];
        public float[] AugmentedMap { get; } = new float[output.Height * output.Width];
    }
}
