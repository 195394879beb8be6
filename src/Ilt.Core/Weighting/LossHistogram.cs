using Ilt.State;

namespace Ilt.Weighting;

/// <summary>Running median of positive numbers in constant memory: a histogram over the leading bits of the float.</summary>
/// <remarks>
/// The median of N losses would need N numbers kept; a bin is 1/256 of a power of two wide, so this one is within 0.2 %, which is
/// ample for a strength between 0 and 1. Values outside [2^-30, 2^30) fall into the outermost bins.
/// </remarks>
internal sealed class LossHistogram : IStateful
{
    private const int BitsPerOctave = 8;
    private const int Shift = 23 - BitsPerOctave; // float: 23 bits of mantissa
    private const int LowestExponent = -30;
    private const int HighestExponent = 30;
    private const int ExponentBias = 127;
    private const int FirstBin = (LowestExponent + ExponentBias) << BitsPerOctave;
    private const int BinCount = (HighestExponent - LowestExponent) << BitsPerOctave;

    private readonly int[] bins = new int[BinCount];
    private long count;

    public void Add(float value)
    {
        var bin = value > 0 ? (BitConverter.SingleToInt32Bits(value) >> Shift) - FirstBin : 0;
        bins[Math.Clamp(bin, 0, BinCount - 1)]++;
        count++;
    }

    /// <summary>Middle of the bin that holds the median; NaN when empty.</summary>
    public double Median()
    {
        if (count == 0)
            return double.NaN;
        var rank = (count - 1) / 2;
        var bin = 0;
        for (long below = bins[0]; below <= rank; below += bins[bin])
            bin++;
        var half = 1 << (Shift - 1);
        return BitConverter.Int32BitsToSingle(((FirstBin + bin) << Shift) | half);
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<int>(bins);
        writer.Write(count);
    }

    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<int>(bins);
        count = reader.ReadInt64();
    }

    public void Clear()
    {
        Array.Clear(bins);
        count = 0;
    }
}
