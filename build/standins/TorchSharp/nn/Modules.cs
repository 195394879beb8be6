using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);
            public static ReLU ReLU(bool inplace = false) => new(inplace);
            public static GELU GELU() => new();
            public static SiLU SiLU() => new();
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
            public static BatchNorm1d BatchNorm1d(long features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(features, eps, momentum, affine, track_running_stats, device, dtype);
            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(Door.Share(data)) => this.requires_grad = requires_grad;
    }

    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            Built.Parameter(this, nameof(weight), torch.empty([outputs, inputs], dtype, device), w => torch.nn.init.kaiming_uniform_(w, Math.Sqrt(5)));
            var bound = inputs > 0 ? 1 / Math.Sqrt(inputs) : 0;
            if (hasBias) Built.Parameter(this, nameof(bias), torch.empty([outputs], dtype, device), b => b.uniform_(-bound, bound));
        }

        public Parameter? weight
        {
            get => Parameter(nameof(weight));
            set => Replace(nameof(weight), value);
        }

        public Parameter? bias
        {
            get => Parameter(nameof(bias));
            set => Replace(nameof(bias), value);
        }

        public override torch.Tensor forward(torch.Tensor tensor) => Ops.linear.Call(tensor, weight, bias);
    }

    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly bool inplace;

        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
    }

    public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal GELU()
            : base(nameof(GELU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor);
    }

    public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor);
    }

    public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double p;
        private readonly bool inplace;

        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout)) => (this.p, this.inplace) = (p, inplace);

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, p, training, inplace);
    }

    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] shape;
        private readonly double eps;

        internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (this.shape, this.eps) = (shape, eps);
            if (affine) Built.Parameter(this, nameof(weight), torch.ones(shape, dtype, device));
            if (affine && hasBias) Built.Parameter(this, nameof(bias), torch.zeros(shape, dtype, device));
        }

        public Parameter? weight
        {
            get => Parameter(nameof(weight));
            set => Replace(nameof(weight), value);
        }

        public Parameter? bias
        {
            get => Parameter(nameof(bias));
            set => Replace(nameof(bias), value);
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.layer_norm(tensor, shape, weight, bias, eps);
    }

    public sealed class BatchNorm1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double eps;
        private readonly double momentum;

        internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(BatchNorm1d))
        {
            (this.eps, this.momentum) = (eps, momentum);
            if (affine) Built.Parameter(this, nameof(weight), torch.ones([features], dtype, device));
            if (affine) Built.Parameter(this, nameof(bias), torch.zeros([features], dtype, device));
            if (!track) return;
            Built.Buffer(this, nameof(running_mean), torch.zeros([features], dtype, device));
            Built.Buffer(this, nameof(running_var), torch.ones([features], dtype, device));
            Built.Buffer(this, nameof(num_batches_tracked), torch.tensor(0L));
        }

        public Parameter? weight
        {
            get => Parameter(nameof(weight));
            set => Replace(nameof(weight), value);
        }

        public Parameter? bias
        {
            get => Parameter(nameof(bias));
            set => Replace(nameof(bias), value);
        }

        public torch.Tensor? num_batches_tracked => get_buffer(nameof(num_batches_tracked));
        private torch.Tensor? running_mean => get_buffer(nameof(running_mean));
        private torch.Tensor? running_var => get_buffer(nameof(running_var));

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (training && num_batches_tracked is { } count) Ops.add_scalar_.Do(count, 1);
            return torch.nn.functional.batch_norm(tensor, running_mean, running_var, weight, bias, training || running_mean is null, momentum, eps);
        }
    }

    /// <summary>What a built-in module makes outlives the dispose scope that it was made in.</summary>
    internal static class Built
    {
        internal static void Parameter(torch.nn.Module module, string name, torch.Tensor values, Action<torch.Tensor>? initialise = null)
        {
            using (values)
            {
                initialise?.Invoke(values);
                module.register_parameter(name, (Parameter)new Parameter(values).DetachFromDisposeScope());
            }
        }

        internal static void Buffer(torch.nn.Module module, string name, torch.Tensor values) =>
            module.register_buffer(name, values.DetachFromDisposeScope());
    }
}
