using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Cli.Images;

/// <summary>Checks what a network is given to see.</summary>
internal static class NetworkInput
{
    /// <summary>Refuses a size that the network cannot divide, in terms of the option that sets it.</summary>
    public static void Require(NetworkDefinition? network, ImageSize size, string option)
    {
        try
        {
            // Where none is named, one is chosen that fits; the residual network is the last resort.
            (network ?? new ResidualCnnDefinition()).CheckInput(new InputShape(3, size.Height, size.Width));
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{option} {size}: {e.Message}", e);
        }
    }
}
