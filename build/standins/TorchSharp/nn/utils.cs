using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var off = no_grad();
                var grads = tensors.Select(p => p.grad).OfType<Tensor>().ToArray();
                if (grads.Length == 0) return 0;
                var norms = stack(grads.Select(g => Ops.norm.Call(g, norm_type)));
                var total = Ops.item.Number(Ops.norm.Call(norms, norm_type));
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                    foreach (var grad in grads) Ops.mul_scalar_.Do(grad, factor);
                return total;
            }
        }
    }
}
