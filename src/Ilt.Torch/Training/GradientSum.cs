using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Sums the gradients of all ranks, in buckets of about a megabyte: one that is full is on its way while the next one is filled. TorchSharp tells
/// nobody when a gradient is there, so none starts before the backward pass has ended.
/// </summary>
internal sealed class GradientSum
{
    private const int BucketSize = 1 << 18; // numbers: a megabyte

    private readonly IReplicas replicas;
    private readonly Parameter[] parameters;
    private readonly ComputeDevice compute;
    private readonly List<float[]> buckets = [];
    private int[] sizes = [];

    public GradientSum(IReplicas replicas, IEnumerable<Parameter> parameters, ComputeDevice compute)
    {
        (this.replicas, this.parameters, this.compute) = (replicas, [.. parameters], compute);
    }

    /// <summary>Makes each gradient the sum over the ranks.</summary>
    public void Sum()
    {
        if (replicas.Count == 1) return;
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
        MakeBuckets(gradients);
        var (waits, next) = (new List<Action>(), 0);
        foreach (var bucket in buckets)
        {
            for (var at = 0; at < bucket.Length; at += sizes[next++]) compute.ToHost(gradients[next], bucket.AsSpan(at, sizes[next]));
            waits.Add(replicas.StartSum(bucket));
        }
        next = 0;
        for (var i = 0; i < buckets.Count; i++)
        {
            waits[i]();
            for (var at = 0; at < buckets[i].Length; at += sizes[next++])
                gradients[next].copy_(Tensors.From<float>(buckets[i].AsSpan(at, sizes[next]), gradients[next].shape));
        }
    }

    // A parameter that the network does not use has no gradient on any rank.
    private void MakeBuckets(Tensor[] gradients)
    {
        var now = Array.ConvertAll(gradients, gradient => checked((int)gradient.NumberOfElements));
        if (now.AsSpan().SequenceEqual(sizes)) return;
        (sizes, var filled) = (now, 0);
        buckets.Clear();
        foreach (var size in sizes)
        {
            filled += size;
            if (filled < BucketSize) continue;
            Add();
        }
        if (filled > 0) Add();

        void Add()
        {
            buckets.Add(GC.AllocateUninitializedArray<float>(filled, pinned: true));
            filled = 0;
        }
    }
}
