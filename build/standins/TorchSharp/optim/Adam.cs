using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    public class Adam : OptimizerHelper
    {
        private readonly AdamRule rule;

        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, lr) => rule = new AdamRule(Group, Zeros(), Zeros(), beta1, beta2, eps, weight_decay, false, amsgrad, maximize);

        private protected override void Update() => rule.Apply();
    }

    public class AdamW : OptimizerHelper
    {
        private readonly AdamRule rule;

        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, lr) => rule = new AdamRule(Group, Zeros(), Zeros(), beta1, beta2, eps, weight_decay, true, amsgrad, maximize);

        private protected override void Update() => rule.Apply();
    }

    /// <summary>Adam (Kingma and Ba, 2015) and its form with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    internal sealed class AdamRule
    {
        private readonly ParamGroup group;
        private readonly torch.Tensor[] mean;
        private readonly torch.Tensor[] square;
        private readonly long[] steps;
        private readonly double beta1, beta2, eps, decay;
        private readonly bool decoupled, maximize;

        internal AdamRule(ParamGroup group, torch.Tensor[] mean, torch.Tensor[] square, double beta1, double beta2, double eps, double decay, bool decoupled, bool amsgrad, bool maximize)
        {
            if (amsgrad) throw new NotSupportedException("The stand-in has no amsgrad.");
            (this.group, this.mean, this.square, this.beta1, this.beta2, this.eps, this.decay) = (group, mean, square, beta1, beta2, eps, decay);
            (this.decoupled, this.maximize, steps) = (decoupled, maximize, new long[mean.Length]);
        }

        internal void Apply()
        {
            var rate = group.LearningRate;
            var k = -1;
            foreach (var parameter in group.Parameters)
            {
                k++;
                using var own = parameter.grad;
                if (own is null) continue;
                steps[k]++;
                using var turned = maximize ? own.neg() : null;
                using var decayed = decay != 0 && !decoupled ? Ops.add.Call(turned ?? own, parameter, decay) : null;
                var grad = decayed ?? turned ?? own;

                if (decay != 0 && decoupled) Ops.mul_scalar_.Do(parameter, 1 - (rate * decay));
                Ops.mul_scalar_.Do(mean[k], beta1);
                Ops.add_.Do(mean[k], grad, 1 - beta1);
                Ops.mul_scalar_.Do(square[k], beta2);
                Ops.addcmul_.Do(square[k], grad, grad, 1 - beta2);
                using var scale = square[k].sqrt();
                Ops.div_scalar_.Do(scale, Math.Sqrt(1 - Math.Pow(beta2, steps[k])));
                Ops.add_scalar_.Do(scale, eps);
                Ops.addcdiv_.Do(parameter, mean[k], scale, -rate / (1 - Math.Pow(beta1, steps[k])));
            }
        }
    }
}
