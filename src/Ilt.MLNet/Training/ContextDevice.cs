using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>What a context's wish for a GPU means, by the rules of ML.NET's own trainers on torch.</summary>
internal static class ContextDevice
{
    /// <param name="asked">The device of the training options; where it is not the CPU, the context is not asked.</param>
    /// <param name="gpuDeviceId">See <see cref="MLContext.GpuDeviceId"/>.</param>
    /// <param name="fallbackToCpu">See <see cref="MLContext.FallbackToCpu"/>.</param>
    /// <param name="countCuda">How many CUDA devices torch finds; asked only where one is wanted.</param>
    /// <returns>The device, and what the user should be told; null where the CPU was asked for, or the context's GPU is there.</returns>
    /// <exception cref="InvalidOperationException">A GPU is wanted, and no fallback.</exception>
    public static (TrainingDevice Device, string? Remark) Choose(TrainingDevice asked, int? gpuDeviceId, bool fallbackToCpu, Func<int> countCuda)
    {
        if (asked != TrainingDevice.Cpu || gpuDeviceId is not { } id) return (asked, null);
        var found = countCuda();
        if (id >= 0 && id < found) return (TrainingDevice.Cuda(id), null);
        var why = found == 0
            ? "torch finds no CUDA device here"
            : FormattableString.Invariant($"torch finds {found} CUDA device(s) here, counted from 0");
        return fallbackToCpu
            ? (TrainingDevice.Cpu, FormattableString.Invariant($"MLContext.GpuDeviceId is {id}, but {why}: training on the CPU."))
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"MLContext.GpuDeviceId is {id}, but {why}. Set MLContext.FallbackToCpu to true, or GpuDeviceId to null, to train on the CPU."));
    }
}
