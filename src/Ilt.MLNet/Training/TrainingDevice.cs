using Ilt.Torch;
using Microsoft.ML;
using TorchSharp;

namespace Ilt.MLNet;

/// <summary>What a context's wish for a GPU means, by the rules of ML.NET's own trainers on torch.</summary>
internal static class TrainingDevice
{
    /// <param name="gpuDeviceId">See <see cref="MLContext.GpuDeviceId"/>.</param>
    /// <param name="fallbackToCpu">See <see cref="MLContext.FallbackToCpu"/>.</param>
    /// <param name="isCudaAvailable">Whether torch could use a GPU; asked only where one is wanted.</param>
    /// <returns>What the user should be told; null where the CPU was asked for.</returns>
    /// <exception cref="InvalidOperationException">A GPU is wanted, and no fallback.</exception>
    public static string? Check(int? gpuDeviceId, bool fallbackToCpu, Func<bool> isCudaAvailable)
    {
        if (gpuDeviceId is not { } id) return null;
        var why = isCudaAvailable()
            ? "this version of Ilt.MLNet trains on the CPU only"
            : "torch finds no CUDA device here";
        return fallbackToCpu
            ? FormattableString.Invariant($"MLContext.GpuDeviceId is {id}, but {why}: training on the CPU.")
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"MLContext.GpuDeviceId is {id}, but {why}. Set MLContext.FallbackToCpu to true, or GpuDeviceId to null, to train on the CPU."));
    }

    public static bool IsCudaAvailable()
    {
        LibTorch.Load();
        return torch.cuda.is_available();
    }
}
