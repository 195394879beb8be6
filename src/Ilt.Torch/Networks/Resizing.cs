using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>Feature maps of one size brought to another.</summary>
internal static class Resizing
{
    /// <summary>Bilinear, with pixels as areas (corners not aligned).</summary>
    /// <param name="map">[B, C, h, w].</param>
    /// <param name="like">[B, any, H, W].</param>
    /// <returns>[B, C, H, W].</returns>
    public static Tensor ToSizeOf(Tensor map, Tensor like)
    {
        var (from, to) = (map.shape, like.shape);
        return from[2] == to[2] && from[3] == to[3] ? map : functional.interpolate(map, [to[2], to[3]], null, InterpolationMode.Bilinear, false);
    }

    /// <summary>The same, in a graph.</summary>
    /// <param name="graph">Gets a step where the sizes differ.</param>
    /// <param name="map">[C, h, w].</param>
    /// <param name="like">[any, H, W].</param>
    /// <returns>[C, H, W].</returns>
    public static GraphValue ToSizeOf(INetworkGraph graph, GraphValue map, GraphValue like) =>
        map.Shape[1] == like.Shape[1] && map.Shape[2] == like.Shape[2] ? map : graph.Resize(map, like.Shape[1], like.Shape[2]);

    /// <summary>Means over a grid x grid partition of the map.</summary>
    /// <param name="map">[B, C, h, w].</param>
    /// <param name="grid">Cells per side.</param>
    /// <returns>[B, C grid^2].</returns>
    public static Tensor Pool(Tensor map, int grid) => functional.adaptive_avg_pool2d(map, [grid, grid]).flatten(1, -1);
}
