namespace Ilt.Torch.Native;

/// <summary>
/// NNPACK, libtorch's convolutions for phones. Beside oneDNN they are asked for a few small shapes only, and on most servers libtorch finds that
/// they do not work there and says so on the error stream, once per process, whatever the program does.
/// </summary>
internal static class Nnpack
{
    /// <summary>Keeps libtorch from asking for it; where that fails, all there is to lose is a line on the error stream.</summary>
    public static void SwitchOff()
    {
        try
        {
            TorchContext.Set("_ZN2at7Context20setUserEnabledNNPACKEb", "?setUserEnabledNNPACK@Context@at@@QEAAX_N@Z", false);
        }
        catch (DllNotFoundException)
        {
        }
    }
}
