using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Where the numbers of masks lie that are neither near 0 nor near 255: on edges between the two, as smoothing leaves them, or anywhere, as classes and objects do.</summary>
/// <param name="Seen">Pixels looked at that have such a number.</param>
/// <param name="OnEdges">Those among them with a number near 0 and one near 255 a few pixels away.</param>
internal readonly record struct MaskEdges(long Seen, long OnEdges)
{
    /// <summary>Numbers up to this one are near 0; as far from 255 they are near that.</summary>
    public const int Near = 16;

    // Half the width of an edge that a mask has when it was made a few times larger.
    private const int Reach = 4;

    // Of a mask of many classes nearly all pixels have such numbers.
    private const int MostSeen = 4096;

    /// <summary>Whether a number is near 0.</summary>
    public static bool IsLow(int number) => number is >= 0 and <= Near;

    /// <summary>Whether a number is near 255.</summary>
    public static bool IsHigh(int number) => number is >= byte.MaxValue - Near and <= byte.MaxValue;

    /// <summary>Looks at a mask.</summary>
    /// <param name="numbers">[height, width].</param>
    /// <param name="size">Height and width.</param>
    public static MaskEdges Of(int[] numbers, ImageSize size)
    {
        var between = Enumerable.Range(0, numbers.Length).Where(pixel => !IsLow(numbers[pixel]) && !IsHigh(numbers[pixel])).ToArray();
        var step = 1 + (between.Length / MostSeen);
        var edges = default(MaskEdges);
        for (var i = 0; i < between.Length; i += step)
            edges = new MaskEdges(edges.Seen + 1, edges.OnEdges + (IsOnEdge(numbers, between[i] / size.Width, between[i] % size.Width, size) ? 1 : 0));
        return edges;
    }

    /// <summary>Of two masks together.</summary>
    public static MaskEdges operator +(MaskEdges one, MaskEdges other) => new(one.Seen + other.Seen, one.OnEdges + other.OnEdges);

    private static bool IsOnEdge(int[] numbers, int row, int column, ImageSize size)
    {
        var (low, high) = (false, false);
        for (var y = Math.Max(0, row - Reach); y <= Math.Min(size.Height - 1, row + Reach); y++)
        {
            for (var x = Math.Max(0, column - Reach); x <= Math.Min(size.Width - 1, column + Reach); x++)
            {
                var number = numbers[(y * size.Width) + x];
                low |= IsLow(number);
                high |= IsHigh(number);
            }
        }

        return low && high;
    }
}
