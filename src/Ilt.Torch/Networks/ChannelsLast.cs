using Ilt.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The order of numbers in memory under which oneDNN convolves fastest: the channels of a pixel side by side. Shape and results are the same.
/// Convolution, batch normalization, ReLU, pooling, resizing and joining keep the order of their input, so a network brings its input into
/// it once; its weights stay as they are, since oneDNN rearranges them anyway, and so do saved models.
/// </summary>
internal static class ChannelsLast
{
    // A benchmark turns it off for its thread, to measure what it brings.
    [ThreadStatic]
    internal static bool Off;

    /// <summary>The images in that order; as they are where that is not faster.</summary>
    /// <param name="images">[B, C, H, W].</param>
    public static Tensor Of(Tensor images) =>
        Convolutions.ChannelsLast && !Off && images.device_type == DeviceType.CPU ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images;
}
