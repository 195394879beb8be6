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
            using (var one = torch.ones(features, dtype)) Register(nameof(weight), new Parameter(one));
            using (var zero = torch.zeros(features, dtype)) Register(nameof(bias), new Parameter(zero));
            register_buffer(nameof(running_mean), torch.zeros(features, dtype));
            register_buffer(nameof(running_var), torch.ones(features, dtype));
            register_buffer(nameof(num_batches_tracked), Ops.zeros.Call(Array.Empty<long>(), (torch.ScalarType?)torch.ScalarType.Int64));
        }

        public Parameter? weight
        {
            get => Registered(nameof(weight));
            set => throw InitialWeights.Fixed();
        }

        public Parameter? bias
        {
            get => Registered(nameof(bias));
            set => throw InitialWeights.Fixed();
        }

        public torch.Tensor? running_mean
        {
            get => RegisteredBuffer(nameof(running_mean));
            set => throw InitialWeights.Fixed();
        }

        public torch.Tensor? running_var
        {
            get => RegisteredBuffer(nameof(running_var));
            set => throw InitialWeights.Fixed();
        }

        public torch.Tensor? num_batches_tracked => RegisteredBuffer(nameof(num_batches_tracked));

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            var shape = tensor.shape;
            if (training)
            {
                if (shape[0] * shape[2] * shape[3] <= 1) throw new ArgumentException($"Expected more than 1 value per channel when training, got input size [{string.Join(", ", shape)}].");
                Ops.add_scalar_.Do(num_batches_tracked, 1L);
            }
            return Ops.batch_norm.Call(tensor, weight, bias, running_mean, running_var, training, momentum, eps, true);
        }
    }
}
