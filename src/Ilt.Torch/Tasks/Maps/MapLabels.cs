using System.Runtime.InteropServices;
using Ilt.Imaging;

namespace Ilt.Torch;

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
