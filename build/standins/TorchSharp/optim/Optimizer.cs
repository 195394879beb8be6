using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                private readonly LearningRateController rate = new();
                private readonly List<Tensor> states = [];

                private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
                {
                    Parameters = [.. parameters];
                    rate.LearningRate = learningRate;
                }

                public virtual IEnumerable<ILearningRateController> ParamGroups => [rate];

                private protected Parameter[] Parameters { get; }

                public virtual void zero_grad()
                {
                    foreach (var parameter in Parameters) Door.ZeroGrad(parameter);
                }

                public virtual Tensor step(Func<Tensor>? closure = null)
                {
                    if (closure is not null) throw new NotSupportedException("The stand-in steps without a closure.");
                    using var off = no_grad();
                    Update(rate.LearningRate);
                    return null!; // callers without a closure drop the result
                }

                public void Dispose()
                {
                    foreach (var state in states) state.Dispose();
                    GC.SuppressFinalize(this);
                }

                /// <summary>A tensor of zeros beside each parameter, which lives as long as the optimizer.</summary>
                private protected Tensor[] Zeros()
                {
                    var made = Parameters.Select(p => Ops.zeros_like.Call(p).DetachFromDisposeScope()).ToArray();
                    states.AddRange(made);
                    return made;
                }

                private protected abstract void Update(double learningRate);

                private sealed class LearningRateController : ILearningRateController
                {
                    public double LearningRate { get; set; }
                }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private protected OptimizerHelper(IEnumerable<Parameter> parameters, double learningRate)
            : base(parameters, learningRate)
        {
        }
    }
}
