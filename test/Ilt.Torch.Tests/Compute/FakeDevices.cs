using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Counts what a training hands to its device and takes back; the device is the CPU.</summary>
internal sealed class CountingDevice() : ComputeDevice(TrainingDevice.Cpu, TrainingPrecision.Float32)
{
    public int Modules { get; private set; }

    /// <summary>Numbers of every tensor that went to the device, in order.</summary>
    public List<long> Up { get; } = [];

    /// <summary>Numbers of every tensor that came back, in order.</summary>
    public List<long> Down { get; } = [];

    protected override bool IsHost => false;

    public override Tensor Move(Tensor tensor)
    {
        Up.Add(tensor.NumberOfElements);
        return tensor.clone(); // as a device would: what is done to the original afterwards does not matter
    }

    public override void ToHost(Tensor tensor, Span<float> values)
    {
        Down.Add(tensor.NumberOfElements);
        base.ToHost(tensor, values);
    }

    protected override void MoveModule(nn.Module network) => Modules++;
}

/// <summary>torch's device without numbers: shapes are computed, and a tensor of the host among those of the device is an error, as on a GPU.</summary>
internal sealed class MetaDevice() : ComputeDevice(TrainingDevice.Cpu, TrainingPrecision.Float32)
{
    protected override bool IsHost => false;

    public override Tensor Move(Tensor tensor) => tensor.to(new Device("meta"));

    public override void ToHost(Tensor tensor, Span<float> values)
    {
        if (tensor.device_type != DeviceType.META) throw new InvalidOperationException("a result is not on the device");
        values.Fill(0.5f);
    }

    protected override void MoveModule(nn.Module network) => network.to(new Device("meta"));
}
