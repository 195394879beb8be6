using Ilt.State;
using Ilt.Weighting;

namespace Ilt.Torch;

/// <summary>Per task, the mean of an epoch's losses so far.</summary>
internal sealed class LossSums(int tasks) : IStateful
{
    private readonly double[] sums = new double[tasks];
    private readonly int[] counts = new int[tasks];

    public void Add(in LossBatch batch)
    {
        for (var i = 0; i < batch.Losses.Length; i++)
        {
            if (float.IsNaN(batch.Losses[i])) continue;
            sums[i % sums.Length] += batch.Losses[i];
            counts[i % sums.Length]++;
        }
    }

    /// <summary>NaN for a task without labels.</summary>
    public double[] Means => [.. sums.Select((sum, k) => sum / counts[k])];

    public void Clear()
    {
        Array.Clear(sums);
        Array.Clear(counts);
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(sums);
        writer.WriteArray<int>(counts);
    }

    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(sums);
        reader.ReadInto<int>(counts);
    }
}
