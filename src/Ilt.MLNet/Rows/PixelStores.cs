using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>The pixels and features of one training run that memory may not hold: stores that share a budget, and scratch files; they go away together.</summary>
/// <param name="memoryBytes">Memory for pixels.</param>
/// <param name="scratchFolder">Where scratch files are made; null: the system's folder for temporary files.</param>
/// <param name="tableBytes">Memory for the features of each table; null: a quarter of the memory that the process may have.</param>
internal sealed class PixelStores(long memoryBytes, string? scratchFolder = null, long? tableBytes = null) : IDisposable
{
    private readonly MemoryBudget budget = new(memoryBytes);
    private readonly List<PixelStore> stores = [];
    private readonly List<FeatureFile> files = [];

    public PixelStore Create(int bytesPerRow)
    {
        var store = new PixelStore(bytesPerRow, budget, scratchFolder);
        stores.Add(store);
        return store;
    }

    /// <summary>Memory for the features of a table.</summary>
    public long TableBytes { get; } = tableBytes ?? MemoryBudget.ShareOfMachine;

    /// <summary>A file for features.</summary>
    public FeatureFile CreateFeatures(int featureCount)
    {
        var file = new FeatureFile(featureCount, scratchFolder);
        files.Add(file);
        return file;
    }

    public void Dispose()
    {
        stores.ForEach(store => store.Dispose());
        files.ForEach(file => file.Dispose());
    }
}
