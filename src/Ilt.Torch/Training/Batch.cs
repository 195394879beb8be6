using Ilt.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Some rows as tensors in the host's memory, until <see cref="ComputeDevice.Move(Batch)"/>; they belong to the caller's dispose scope.</summary>
/// <param name="Inputs">[B, D] features or [B, C, H, W] pixels, scaled.</param>
/// <param name="Targets">One per task.</param>
/// <param name="Labelled">[B x K] row-major: whether the row has a label for the task.</param>
internal readonly record struct Batch(Tensor Inputs, BatchTarget[] Targets, bool[] Labelled);

/// <summary>The labels of one task in a batch.</summary>
/// <param name="Values">[B, 1] classes, [B, D] numbers, [B, H, W] classes or numbers; where there is no label, anything finite. Of a derived task nothing: <see cref="TaskValues"/> computes it.</param>
/// <param name="PixelShares">Pixel tasks only: [B, H, W], 1 / valid pixels of the image where the pixel is valid, else 0.</param>
internal readonly record struct BatchTarget(Tensor Values, Tensor? PixelShares = null)
{
    /// <summary>The scale on which numbers stand; null for classes.</summary>
    public TargetScaling? Scale { get; init; }

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">[rows], from 0.</param>
    public BatchTarget Select(Tensor rows) => this with { Values = Values?.index_select(0, rows)!, PixelShares = PixelShares?.index_select(0, rows) };

    /// <summary>Pixel tasks: from the losses of the pixels, [B, H, W], to their means over the valid pixels of every image, [B].</summary>
    public Tensor MeanOverPixels(Tensor losses) => losses.mul(PixelShares!).sum([1, 2]);

    /// <summary>The target with other tensors in place of its own.</summary>
    public BatchTarget Convert(Func<Tensor, Tensor> change) =>
        this with { Values = Values is null ? null! : change(Values), PixelShares = PixelShares is null ? null : change(PixelShares) };

    /// <summary>This target, whose tensors outlive the dispose scope under way.</summary>
    public BatchTarget Keep() => this with { Values = Values?.DetachFromDisposeScope()!, PixelShares = PixelShares?.DetachFromDisposeScope() };

    /// <summary>Frees what <see cref="Keep"/> kept.</summary>
    public void Dispose()
    {
        Values?.Dispose();
        PixelShares?.Dispose();
    }
}

/// <summary>What batches are made from beside the data.</summary>
internal sealed record BatchOptions
{
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
    public required TargetScaling?[] TargetScalings { get; init; }
    public required InputScaling? InputScaling { get; init; }
    public required AugmentationOptions? Augmentation { get; init; }
    public PersonAugmentation? PersonAugmentation { get; init; }
    public required int Seed { get; init; }
}

/// <summary>The rows of a training in batches, epoch by epoch.</summary>
internal interface IBatches : IDisposable
{
    /// <summary>Time that <see cref="Next"/> has waited for rows to be ready, since the beginning.</summary>
    TimeSpan Waited { get; }

    /// <summary>Begins an epoch, whose batches are these, in this order.</summary>
    void Begin(int epoch, IReadOnlyList<int[]> batches);

    /// <summary>The next batch.</summary>
    Batch Next();
}
