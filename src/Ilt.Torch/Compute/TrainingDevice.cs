using System.Globalization;
using TorchSharp;

namespace Ilt.Torch;

/// <summary>Where a network is trained: on the CPU, on a CUDA device, or on the latter where there is one.</summary>
/// <remarks>Training on CUDA was written without a GPU at hand and has not been run on one; see docs/guide/devices.md for what was tested.</remarks>
public sealed record TrainingDevice
{
    private const string CudaName = "cuda";

    private TrainingDevice(string name, int index = 0) => (Name, Index) = (name, index);

    /// <summary>The first CUDA device where there is one, else the CPU.</summary>
    public static TrainingDevice Auto { get; } = new("auto");

    /// <summary>The CPU.</summary>
    public static TrainingDevice Cpu { get; } = new("cpu");

    /// <summary>A CUDA device.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static TrainingDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(CudaName, index);
    }

    /// <summary>Whether it is a CUDA device.</summary>
    public bool IsCuda => Name == CudaName;

    /// <summary>Which CUDA device, from 0; 0 for the others.</summary>
    public int Index { get; }

    private string Name { get; }

    /// <summary>CUDA devices that torch finds in this machine; 0 also where the program has torch for the CPU only.</summary>
    /// <exception cref="DllNotFoundException">libtorch is not there or cannot be loaded; the message says what to add.</exception>
    public static int CountCuda()
    {
        LibTorch.Load();
        return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }

    /// <summary>Reads "auto", "cpu", "cuda" or "cuda:1", in any case.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static TrainingDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            "auto" => Auto,
            "cpu" => Cpu,
            CudaName => Cuda(),
            ['c', 'u', 'd', 'a', ':', .. var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Cuda(index),
            _ => throw new FormatException($"'{text}' is no device; expected auto, cpu, cuda, or cuda:N with N from 0."),
        };
    }

    /// <summary>The device in fact: the CPU or a CUDA device that is there.</summary>
    /// <param name="onNote">Told what <see cref="Auto"/> came to, in a sentence.</param>
    /// <exception cref="InvalidOperationException">It is a CUDA device that is not there; the message says what was found.</exception>
    public TrainingDevice Resolve(Action<string>? onNote = null) => Resolve(CountCuda, onNote);

    internal TrainingDevice Resolve(Func<int> countCuda, Action<string>? onNote = null)
    {
        if (this == Cpu) return this;
        var found = countCuda();
        if (IsCuda) return Index < found ? this : throw NotThere(found);
        var device = found > 0 ? Cuda() : Cpu;
        onNote?.Invoke(found > 0
            ? FormattableString.Invariant($"device auto: torch finds {found} CUDA device(s), training on {device}.")
            : "device auto: torch finds no CUDA device here, training on the CPU.");
        return device;
    }

    private InvalidOperationException NotThere(int found) => new($"The device {this} was asked for, but torch finds " + (found == 0
        ? "no CUDA device here: the program has libtorch for the CPU only, or the machine no NVIDIA GPU with its driver. Build with "
            + "-p:LibTorchPackage=TorchSharp-cuda-linux (a program of your own references that package), or train on the CPU."
        : FormattableString.Invariant($"{found} CUDA device(s) here, the last of which is {Cuda(found - 1)}.")));

    /// <summary>As <see cref="Parse"/> reads it; a CUDA device with its number.</summary>
    public override string ToString() => IsCuda ? FormattableString.Invariant($"{CudaName}:{Index}") : Name;
}
