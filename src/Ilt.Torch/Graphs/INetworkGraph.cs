namespace Ilt.Torch;

/// <summary>
/// A format to which a trained network can be written, step by step: all that the networks of this library and the scales of their outputs are made
/// of, as it is when they predict (running statistics, no dropout). Every method adds a step and gives its value.
/// </summary>
public interface INetworkGraph
{
    /// <summary>x W^T + b.</summary>
    /// <param name="input">[D].</param>
    /// <param name="weight">W, [outputs, D].</param>
    /// <param name="bias">b, [outputs].</param>
    /// <returns>[outputs].</returns>
    GraphValue Linear(GraphValue input, GraphConstant weight, GraphConstant bias);

    /// <summary>A convolution, with the same stride and zero padding in both directions.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="weight">[outputs, C, kernel, kernel].</param>
    /// <param name="bias">[outputs]; null: none.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Zeros at each side.</param>
    /// <returns>[outputs, (H + 2 padding - kernel) / stride + 1, ...], rounded down.</returns>
    GraphValue Convolve(GraphValue input, GraphConstant weight, GraphConstant? bias, int stride, int padding);

    /// <summary>A transposed convolution.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="weight">[C, outputs, kernel, kernel].</param>
    /// <param name="bias">[outputs]; null: none.</param>
    /// <param name="stride">Pixels of the result from one window to the next.</param>
    /// <param name="padding">Pixels that are cut off at each side.</param>
    /// <returns>[outputs, (H - 1) stride - 2 padding + kernel, ...].</returns>
    GraphValue ConvolveTransposed(GraphValue input, GraphConstant weight, GraphConstant? bias, int stride, int padding);

    /// <summary>Batch normalization with fixed statistics: (x - mean) / sqrt(variance + epsilon) scale + shift, per channel.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    GraphValue Normalize(GraphValue input, GraphConstant scale, GraphConstant shift, GraphConstant mean, GraphConstant variance, double epsilon);

    /// <summary>max(x, 0).</summary>
    GraphValue Rectify(GraphValue input);

    /// <summary>The sum of two values of one shape.</summary>
    GraphValue Add(GraphValue left, GraphValue right);

    /// <summary>Values of one height and width joined along their channels.</summary>
    GraphValue Join(IReadOnlyList<GraphValue> inputs);

    /// <summary>The maxima of cells of size x size pixels; what is left at the edges is dropped.</summary>
    GraphValue PoolMaxima(GraphValue input, int size);

    /// <summary>Means over a grid x grid partition, in which cell i of n pixels goes from floor(i n / grid) to ceil((i + 1) n / grid).</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="grid">Cells per side.</param>
    /// <returns>[C grid grid], channel after channel.</returns>
    GraphValue PoolMeans(GraphValue input, int grid);

    /// <summary>Bilinear, with pixels as areas (corners not aligned).</summary>
    /// <returns>[C, height, width].</returns>
    GraphValue Resize(GraphValue input, int height, int width);

    /// <summary>x factors + offsets, per channel (or number of a vector).</summary>
    /// <param name="input">[D] or [C, H, W].</param>
    /// <param name="factors">One per channel.</param>
    /// <param name="offsets">One per channel.</param>
    GraphValue Scale(GraphValue input, float[] factors, float[] offsets);

    /// <summary>min(max(x, lowest), highest), per channel (or number of a vector).</summary>
    GraphValue Clamp(GraphValue input, float[] lowest, float[] highest);

    /// <summary>The hyperbolic sine.</summary>
    GraphValue Sinh(GraphValue input);

    /// <summary>e to the power of x.</summary>
    GraphValue Exp(GraphValue input);

    /// <summary>e to the power of x, over the sum of these over the channels.</summary>
    GraphValue Softmax(GraphValue input);

    /// <summary>A map without its only channel.</summary>
    /// <param name="input">[1, H, W].</param>
    /// <returns>[H, W].</returns>
    GraphValue DropChannel(GraphValue input);
}
