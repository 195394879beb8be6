using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A convolution, or a transposed one, with the names of TorchSharp's own, which can multiply in another precision. Its weights begin at 0.</summary>
internal sealed class ConvolutionLayer : Module<Tensor, Tensor>, IPrecisionLayer, IGraphLayer
{
    private readonly Parameter weight; // [outputs, inputs, kernel, kernel]; transposed [inputs, outputs, kernel, kernel]
    private readonly Parameter? bias;
    private readonly long stride;
    private readonly long padding;
    private readonly bool transposed;

    public ConvolutionLayer(int inputs, int outputs, int kernel, int stride = 1, int padding = 0, bool bias = true, bool transposed = false)
        : base(nameof(ConvolutionLayer))
    {
        (this.stride, this.padding, this.transposed) = (stride, padding, transposed);
        weight = new Parameter(transposed ? zeros(inputs, outputs, kernel, kernel) : zeros(outputs, inputs, kernel, kernel));
        weight.DetachFromDisposeScope();
        register_parameter("weight", weight);
        if (!bias) return;
        this.bias = new Parameter(zeros(outputs));
        this.bias.DetachFromDisposeScope();
        register_parameter("bias", this.bias);
    }

    public TrainingPrecision Precision { private get; set; }

    public override Tensor forward(Tensor input) => training && Precision == TrainingPrecision.BFloat16
        ? Convolve(input.ToBFloat16(), weight.ToBFloat16(), bias?.ToBFloat16()).ToFloat32()
        : Convolve(input, weight, bias);

    public GraphValue Write(GraphWriter writer, GraphValue input) => transposed
        ? writer.Graph.ConvolveTransposed(input, writer.Constant(weight), writer.Optional(bias), (int)stride, (int)padding)
        : writer.Graph.Convolve(input, writer.Constant(weight), writer.Optional(bias), (int)stride, (int)padding);

    private Tensor Convolve(Tensor input, Tensor weight, Tensor? bias) => transposed
        ? functional.conv_transpose2d(input, weight, bias, [stride, stride], [padding, padding])
        : functional.conv2d(input, weight, bias, [stride, stride], [padding, padding]);
}
