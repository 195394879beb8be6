using Ilt.Imaging;

namespace Ilt.MLNet;

/// <summary>The pixels of one training run: stores that share a budget, and go away together.</summary>
internal sealed class PixelStores(long memoryBytes, string? scratchFolder = null) : IDisposable
{
    private readonly MemoryBudget budget = new(memoryBytes);
    private readonly List<PixelStore> stores = [];

    public PixelStore Create(int bytesPerRow)
    {
        var store = new PixelStore(bytesPerRow, budget, scratchFolder);
        stores.Add(store);
        return store;
    }

    public void Dispose() => stores.ForEach(store => store.Dispose());
}
