using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A fully connected layer with the names of TorchSharp's own, which can multiply in another precision. Its weights begin at 0.</summary>
internal sealed class LinearLayer : Module<Tensor, Tensor>, IPrecisionLayer, IGraphLayer
{
    private readonly Parameter weight; // [outputs, inputs]
    private readonly Parameter bias;

    public LinearLayer(int inputs, int outputs) : base(nameof(LinearLayer))
    {
        (weight, bias) = (new Parameter(zeros(outputs, inputs)), new Parameter(zeros(outputs)));
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
        register_parameter("weight", weight);
        register_parameter("bias", bias);
    }

    public TrainingPrecision Precision { private get; set; }

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    public override Tensor forward(Tensor input) => training && Precision == TrainingPrecision.BFloat16
        ? functional.linear(input.ToBFloat16(), weight.ToBFloat16(), bias.ToBFloat16()).ToFloat32()
        : functional.linear(input, weight, bias);

    public GraphValue Write(GraphWriter writer, GraphValue input) => writer.Graph.Linear(input, writer.Constant(weight), writer.Constant(bias));
}
