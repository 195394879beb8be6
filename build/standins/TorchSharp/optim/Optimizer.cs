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
                double InitialLearningRate { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                private readonly List<Tensor> states = [];

                private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate) =>
                    Group = new ParamGroup { LearningRate = learningRate, InitialLearningRate = learningRate, Parameters = parameters.ToArray() };

                internal ParamGroup Group { get; }

                public virtual IEnumerable<ILearningRateController> ParamGroups => [Group];

                public virtual IEnumerable<Parameter> parameters() => Group.Parameters;

                public virtual void zero_grad()
                {
                    foreach (var parameter in Group.Parameters) Door.ZeroGrad(parameter);
                }

                public virtual Tensor step(Func<Tensor>? closure = null)
                {
                    Tensor? loss = null;
                    if (closure is not null)
                    {
                        using var on = enable_grad();
                        loss = closure();
                    }

                    using var off = no_grad();
                    Update();
                    // Nothing to return without a closure; callers of step() drop the result.
                    return loss!;
                }

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                    if (!disposing) return;
                    foreach (var state in states) state.Dispose();
                }

                /// <summary>A tensor of zeros beside each parameter, which lives as long as the optimizer.</summary>
                private protected Tensor[] Zeros()
                {
                    var made = Group.Parameters.Select(p => zeros_like(p).DetachFromDisposeScope()).ToArray();
                    states.AddRange(made);
                    return made;
                }

                private protected abstract void Update();
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public class ParamGroup : torch.optim.ILearningRateController
    {
        public double LearningRate { get; set; }
        public double InitialLearningRate { get; set; }
        public IEnumerable<Parameter> Parameters { get; set; } = [];
    }

    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private protected OptimizerHelper(IEnumerable<Parameter> parameters, double learningRate)
            : base(parameters, learningRate)
        {
        }
    }
}
