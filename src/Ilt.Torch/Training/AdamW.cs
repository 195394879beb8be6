using Ilt.State;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), to the last digit TorchSharp's of the same name, whose numbers can be freed while
/// native code reads them (see <see cref="Numbers"/>). Here the numbers of a step are made once for all parameters, and kept until it is done.
/// </summary>
internal sealed class AdamW : IStateful, IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private static readonly Scalar Keep1 = Beta1;
    private static readonly Scalar Take1 = 1 - Beta1;
    private static readonly Scalar Keep2 = Beta2;
    private static readonly Scalar Take2 = 1 - Beta2;
    private static readonly Scalar Epsilon = 1e-8;

    private readonly Parameter[] parameters;
    private readonly double weightDecay;

    /// <param name="parameters">What is trained; they must outlive the optimiser.</param>
    /// <param name="weightDecay">Share of each weight that a step at learning rate 1 takes away; not negative.</param>
    public AdamW(IEnumerable<Parameter> parameters, double weightDecay)
    {
        using var off = no_grad();
        (this.parameters, this.weightDecay) = ([.. parameters], weightDecay);
        FirstMoments = Array.ConvertAll(this.parameters, parameter => zeros_like(parameter).DetachFromDisposeScope());
        SecondMoments = Array.ConvertAll(this.parameters, parameter => zeros_like(parameter).DetachFromDisposeScope());
    }

    /// <summary>Steps that were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Running means of the gradients, in the order of the parameters.</summary>
    public IReadOnlyList<Tensor> FirstMoments { get; }

    /// <summary>Running means of the squared gradients, in the order of the parameters.</summary>
    public IReadOnlyList<Tensor> SecondMoments { get; }

    /// <summary>Forgets the gradients: the next backward pass hands over its own in place of adding to zeros.</summary>
    public void ForgetGradients()
    {
        foreach (var parameter in parameters) parameter.grad = null;
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="learningRate">Of this step.</param>
    public void Step(double learningRate)
    {
        using var off = no_grad();
        Steps++;
        using Scalar shrink = 1 - (learningRate * weightDecay);
        using Scalar deviation = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        using Scalar move = -(learningRate / (1 - Math.Pow(Beta1, Steps)));
        for (var i = 0; i < parameters.Length; i++)
        {
            using var scope = NewDisposeScope();
            if (parameters[i].grad is not { } gradient) continue;
            var (first, second) = (FirstMoments[i], SecondMoments[i]);
            parameters[i].mul_(shrink);
            first.mul_(Keep1).add_(gradient, Take1);
            second.mul_(Keep2).addcmul_(gradient, gradient, Take2);
            parameters[i].addcdiv_(first, second.sqrt().div_(deviation).add_(Epsilon, Numbers.One), move);
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        foreach (var moment in FirstMoments.Concat(SecondMoments)) TensorState.Save(writer, moment);
    }

    public void Restore(BinaryReader reader)
    {
        Steps = reader.ReadInt32();
        foreach (var moment in FirstMoments.Concat(SecondMoments)) TensorState.Restore(reader, moment);
    }

    public void Dispose()
    {
        foreach (var moment in FirstMoments.Concat(SecondMoments)) moment.Dispose();
    }
}
