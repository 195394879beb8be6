using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    public class SGD : OptimizerHelper
    {
        private readonly torch.Tensor[] velocities;
        private readonly bool[] started;
        private readonly double momentum, dampening, decay;
        private readonly bool nesterov, maximize;

        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, lr)
        {
            (this.momentum, this.dampening, decay, this.nesterov, this.maximize) = (momentum, dampening, weight_decay, nesterov, maximize);
            velocities = momentum != 0 ? Zeros() : [];
            started = new bool[velocities.Length];
        }

        private protected override void Update()
        {
            var rate = maximize ? Group.LearningRate : -Group.LearningRate;
            var k = -1;
            foreach (var parameter in Group.Parameters)
            {
                k++;
                using var own = parameter.grad;
                if (own is null) continue;
                using var decayed = decay != 0 ? Ops.add.Call(own, parameter, maximize ? -decay : decay) : null;
                var grad = decayed ?? own;
                if (momentum == 0)
                {
                    Ops.add_.Do(parameter, grad, rate);
                    continue;
                }

                // The first gradient enters the velocity undampened.
                Ops.mul_scalar_.Do(velocities[k], momentum);
                Ops.add_.Do(velocities[k], grad, started[k] ? 1 - dampening : 1);
                started[k] = true;
                if (nesterov) Ops.add_.Do(parameter, grad, rate);
                Ops.add_.Do(parameter, velocities[k], nesterov ? rate * momentum : rate);
            }
        }
    }
}
