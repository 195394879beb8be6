using Ilt.Torch;

namespace Ilt.Onnx;

// The steps of networks as ONNX operators.
internal sealed partial class OnnxGraph : INetworkGraph
{
    public GraphValue Linear(GraphValue input, GraphConstant weight, GraphConstant bias) => new(
        Add("Gemm", [input.Name, Weight(weight), Constant(bias)], Layer(weight), "", Whole("transB", 1)), [weight.Shape[0]]);

    public GraphValue Convolve(GraphValue input, GraphConstant weight, GraphConstant? bias, int stride, int padding)
    {
        var kernel = weight.Shape[2];
        return new(Convolution("Conv", input, weight, bias, stride, padding), [weight.Shape[0], Side(input.Shape[1]), Side(input.Shape[2])]);

        int Side(int side) => ((side + (2 * padding) - kernel) / stride) + 1;
    }

    public GraphValue ConvolveTransposed(GraphValue input, GraphConstant weight, GraphConstant? bias, int stride, int padding)
    {
        var kernel = weight.Shape[2];
        return new(Convolution("ConvTranspose", input, weight, bias, stride, padding), [weight.Shape[1], Side(input.Shape[1]), Side(input.Shape[2])]);

        int Side(int side) => ((side - 1) * stride) - (2 * padding) + kernel;
    }

    public GraphValue Normalize(GraphValue input, GraphConstant scale, GraphConstant shift, GraphConstant mean, GraphConstant variance, double epsilon) => input with
    {
        Name = Add("BatchNormalization", [input.Name, Constant(scale), Constant(shift), Constant(mean), Constant(variance)], Layer(scale), "", Real("epsilon", (float)epsilon)),
    };

    public GraphValue Rectify(GraphValue input) => input with { Name = Add("Relu", [input.Name]) };

    public GraphValue Add(GraphValue left, GraphValue right) => left with { Name = Add("Add", [left.Name, right.Name]) };

    public GraphValue Join(IReadOnlyList<GraphValue> inputs) => new(
        Add("Concat", inputs.Select(input => input.Name), null, "", Whole("axis", 1)), [inputs.Sum(input => input.Shape[0]), .. inputs[0].Shape.Skip(1)]);

    public GraphValue PoolMaxima(GraphValue input, int size) => new(
        Add("MaxPool", [input.Name], null, "", Wholes("kernel_shape", size, size), Wholes("strides", size, size)),
        [input.Shape[0], input.Shape[1] / size, input.Shape[2] / size]);

    // As two products with the shares that each pixel has of each cell: cells need not be of one size.
    public GraphValue PoolMeans(GraphValue input, int grid)
    {
        var (height, width) = (input.Shape[1], input.Shape[2]);
        var columns = Add("MatMul", [input.Name, Constant("pool.columns", Shares(width, grid, byCell: false), width, grid)]);
        var cells = Add("MatMul", [Constant("pool.rows", Shares(height, grid, byCell: true), grid, height), columns]);
        return new(Add("Flatten", [cells], null, "", Whole("axis", 1)), [input.Shape[0] * grid * grid]);
    }

    public GraphValue Resize(GraphValue input, int height, int width) => new(
        Add("Resize", [input.Name, "", "", Constant("size", height, width)], null, "",
            Text("mode", "linear"), Text("coordinate_transformation_mode", "half_pixel"), Wholes("axes", 2, 3)),
        [input.Shape[0], height, width]);

    public GraphValue Scale(GraphValue input, float[] factors, float[] offsets)
    {
        var value = input.Name;
        if (factors.Any(factor => factor != 1)) value = Add("Mul", [value, PerChannel("factors", factors, input)]);
        if (offsets.Any(offset => offset != 0)) value = Add("Add", [value, PerChannel("offsets", offsets, input)]);
        return input with { Name = value };
    }

    public GraphValue Clamp(GraphValue input, float[] lowest, float[] highest)
    {
        var value = input.Name;
        if (!lowest.All(float.IsNegativeInfinity)) value = Add("Max", [value, PerChannel("lowest", lowest, input)]);
        if (!highest.All(float.IsPositiveInfinity)) value = Add("Min", [value, PerChannel("highest", highest, input)]);
        return input with { Name = value };
    }

    public GraphValue Sinh(GraphValue input) => input with { Name = Add("Sinh", [input.Name]) };

    public GraphValue Exp(GraphValue input) => input with { Name = Add("Exp", [input.Name]) };

    public GraphValue Softmax(GraphValue input) => input with { Name = Add("Softmax", [input.Name], null, "", Whole("axis", 1)) };

    public GraphValue DropChannel(GraphValue input) => new(Add("Squeeze", [input.Name, Constant("channel", 1)]), [input.Shape[1], input.Shape[2]]);

    private string Convolution(string operation, GraphValue input, GraphConstant weight, GraphConstant? bias, int stride, int padding)
    {
        var kernel = weight.Shape[2];
        string[] inputs = bias is null ? [input.Name, Weight(weight)] : [input.Name, Weight(weight), Constant(bias)];
        return Add(operation, inputs, Layer(weight), "",
            Wholes("kernel_shape", kernel, kernel), Wholes("strides", stride, stride), Wholes("pads", padding, padding, padding, padding));
    }

    private string Weight(GraphConstant weight) => Weight(weight.Name, weight.Values, weight.Shape);

    private string Constant(GraphConstant constant) => Constant(constant.Name, constant.Values, constant.Shape);

    private string PerChannel(string name, float[] values, GraphValue beside) => Constant(name, values, [values.Length, .. beside.Shape.Skip(1).Select(_ => 1)]);

    // "stem.conv" of "stem.conv.weight".
    private static string Layer(GraphConstant weight) => weight.Name[..Math.Max(0, weight.Name.LastIndexOf('.'))] is { Length: > 0 } layer ? layer : weight.Name;

    private static float[] Shares(int side, int grid, bool byCell)
    {
        var shares = new float[side * grid];
        for (var cell = 0; cell < grid; cell++)
        {
            var (from, to) = (cell * side / grid, (((cell + 1) * side) + grid - 1) / grid);
            for (var pixel = from; pixel < to; pixel++) shares[byCell ? (cell * side) + pixel : (pixel * grid) + cell] = 1f / (to - from);
        }
        return shares;
    }
}
