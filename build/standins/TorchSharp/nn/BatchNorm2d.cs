using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm2d BatchNorm2d(long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
            {
                if (!affine || !track_running_stats) throw new NotSupportedException("The stand-in's batch normalization is affine and tracks its statistics.");
                return new(features, eps, momentum, dtype);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public sealed class BatchNorm2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double eps, momentum;

        internal BatchNorm2d(long features, double eps, double momentum, torch.ScalarType? dtype)
            : base(nameof(BatchNorm2d))
        {
            (this.eps, this.momentum) = (eps, momentum);
            using (var one = Ops.ones.Call(new[] { features }, dtype)) Register("weight", new Parameter(one));
            using (var zero = torch.zeros(features, dtype)) Register("bias", new Parameter(zero));
            RegisterBuffer("running_mean", torch.zeros(features, dtype));
            RegisterBuffer("running_var", Ops.ones.Call(new[] { features }, dtype));
            RegisterBuffer("num_batches_tracked", torch.zeros([], torch.ScalarType.Int64));
        }

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            var shape = tensor.shape;
            if (training)
            {
                if (shape[0] * shape[2] * shape[3] <= 1) throw new ArgumentException($"Expected more than 1 value per channel when training, got input size [{string.Join(", ", shape)}].");
                Ops.add_scalar_.Do(RegisteredBuffer("num_batches_tracked"), 1L);
            }
            return Ops.batch_norm.Call(tensor, Registered("weight"), Registered("bias"), RegisteredBuffer("running_mean"), RegisteredBuffer("running_var"), training, momentum, eps, true);
        }
    }
}
