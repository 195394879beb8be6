using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Where the tensors of a model are, and in what precision its layers multiply while they are trained: the one way from the host's memory to the
/// device and back. Made once for a training or a model. On the CPU nothing is copied.
/// </summary>
/// <remarks>What does not depend on the batch (the table, label images, log-variances, statistics) stays in the host's memory.</remarks>
internal class ComputeDevice
{
    private readonly Device? device; // null: the host itself

    protected ComputeDevice(TrainingDevice where, TrainingPrecision precision)
    {
        (Where, Precision) = (where, precision);
        device = where.IsCuda ? new Device(DeviceType.CUDA, where.Index) : null;
    }

    /// <summary>The CPU in single precision.</summary>
    public static ComputeDevice Cpu { get; } = new(TrainingDevice.Cpu, TrainingPrecision.Float32);

    /// <summary>The CPU or a CUDA device.</summary>
    public TrainingDevice Where { get; }

    /// <summary>Of convolutions and linear layers while they are trained.</summary>
    public TrainingPrecision Precision { get; }

    /// <exception cref="InvalidOperationException">It is a CUDA device that is not there.</exception>
    public static ComputeDevice Open(TrainingDevice where, TrainingPrecision precision) => new(where.Resolve(), precision);

    /// <summary>
    /// Puts a new network on the device and sets the precision of its layers. It must not have an optimiser yet: parameters become other objects.
    /// </summary>
    public void Place(nn.Module network)
    {
        MoveModule(network);
        foreach (var layer in network.modules().Prepend(network).OfType<IPrecisionLayer>()) layer.Precision = Precision;
    }

    /// <summary>The tensor on the device, which the caller's dispose scope owns.</summary>
    /// <param name="tensor">In the host's memory.</param>
    public virtual Tensor Move(Tensor tensor) => device is null ? tensor : tensor.pin_memory().to(device, false, false, true);

    /// <summary>A batch on the device.</summary>
    public Batch Move(Batch batch) => IsHost
        ? batch
        : batch with { Inputs = Move(batch.Inputs), Targets = Array.ConvertAll(batch.Targets, target => target.Convert(Move)) };

    /// <summary>Copies the numbers of a tensor to the host's memory.</summary>
    /// <param name="tensor">Of any shape, on the device.</param>
    /// <param name="values">As many as the tensor has, row-major.</param>
    public virtual void ToHost(Tensor tensor, Span<float> values) => Tensors.Read(tensor, values);

    /// <inheritdoc cref="ToHost(Tensor, Span{float})"/>
    public float[] ToHost(Tensor tensor)
    {
        var values = new float[tensor.NumberOfElements];
        ToHost(tensor, values);
        return values;
    }

    /// <summary>Whether the device is the host, so that nothing has to be moved.</summary>
    protected virtual bool IsHost => device is null;

    protected virtual void MoveModule(nn.Module network)
    {
        if (device is not null) network.to(device);
    }
}
