using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Tensors that were made and not yet freed.</summary>
/// <param name="Process">
/// Of the whole process: lost ones count until the garbage collector finds them. TorchSharp counts every parameter of a network twice and frees it
/// once, so over the making of a network this says nothing.
/// </param>
/// <param name="Thread">Made on this thread, less those freed on it: lost ones count for ever, whatever the garbage collector does.</param>
internal readonly record struct LiveTensors(long Process, long Thread)
{
    /// <summary>As it is now.</summary>
    public static LiveTensors Now => new(Tensor.TotalCount, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

    /// <summary>After what earlier tests lost is gone.</summary>
    public static LiveTensors Settled()
    {
        Memory.Collect();
        return Now;
    }
}
