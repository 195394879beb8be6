using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A run of a user's module on two rows of zeros, to learn what it gives, with its errors told as such.</summary>
internal static class TrialRun
{
    /// <summary>Rows of the batch.</summary>
    public const int Rows = 2;

    /// <summary>Leaves the module in training mode; running statistics are not touched.</summary>
    /// <exception cref="ArgumentException">The module threw.</exception>
    public static TResult Of<TResult>(string network, Module<Tensor, TResult> module, InputShape input)
    {
        var shape = input.Modality.BatchShape(input, Rows);
        module.eval();
        try
        {
            using var off = no_grad();
            return module.call(zeros(shape));
        }
        catch (Exception e)
        {
            throw new ArgumentException($"The custom network '{network}' failed on a batch of {Words(shape)}: {e.Message}", e);
        }
        finally
        {
            module.train();
        }
    }

    public static string Words(long[] shape) => $"[{string.Join(", ", shape)}]";
}
