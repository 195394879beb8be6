using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                if (amsgrad || maximize) throw new NotSupportedException("The stand-in has neither amsgrad nor maximize.");
                return new(parameters, lr, beta1, beta2, eps, weight_decay);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    public class AdamW : OptimizerHelper
    {
        private readonly torch.Tensor[] mean;
        private readonly torch.Tensor[] square;
        private readonly long[] steps;
        private readonly double beta1, beta2, eps, decay;

        internal AdamW(IEnumerable<Parameter> parameters, double rate, double beta1, double beta2, double eps, double decay)
            : base(parameters, rate)
        {
            (mean, square, steps) = (Zeros(), Zeros(), new long[Parameters.Length]);
            (this.beta1, this.beta2, this.eps, this.decay) = (beta1, beta2, eps, decay);
        }

        private protected override void Update(double learningRate)
        {
            for (var k = 0; k < Parameters.Length; k++)
            {
                using var grad = Parameters[k].grad;
                if (grad is null) continue;
                steps[k]++;
                if (decay != 0) Ops.mul_scalar_.Do(Parameters[k], 1 - (learningRate * decay));
                Ops.mul_scalar_.Do(mean[k], beta1);
                Ops.add_.Do(mean[k], grad, 1 - beta1);
                Ops.mul_scalar_.Do(square[k], beta2);
                Ops.addcmul_.Do(square[k], grad, grad, 1 - beta2);
                using var scale = Ops.sqrt.Call(square[k]);
                Ops.div_scalar_.Do(scale, Math.Sqrt(1 - Math.Pow(beta2, steps[k])));
                Ops.add_scalar_.Do(scale, eps);
                Ops.addcdiv_.Do(Parameters[k], mean[k], scale, -learningRate / (1 - Math.Pow(beta1, steps[k])));
            }
        }
    }
}
