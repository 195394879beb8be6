using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);
            public static MaxPool2d MaxPool2d(long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceilMode = false) => new(kernelSize, stride, padding, dilation, ceilMode);
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);
        }
    }
}

namespace TorchSharp.Modules
{
    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly bool inplace;

        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
    }

    public sealed class MaxPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long kernel;
        private readonly long? stride, padding, dilation;
        private readonly bool ceilMode;

        internal MaxPool2d(long kernel, long? stride, long? padding, long? dilation, bool ceilMode)
            : base(nameof(MaxPool2d)) => (this.kernel, this.stride, this.padding, this.dilation, this.ceilMode) = (kernel, stride, padding, dilation, ceilMode);

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.max_pool2d(tensor, kernel, stride, padding, dilation, ceilMode);
    }

    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly torch.nn.Module<torch.Tensor, torch.Tensor>[] items;

        internal Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
            : base(nameof(Sequential))
        {
            items = modules;
            for (var k = 0; k < items.Length; k++) Register(k.ToString(CultureInfo.InvariantCulture), items[k]);
        }

        public int Count => items.Length;

        public override torch.Tensor forward(torch.Tensor tensor) => items.Aggregate(tensor, (value, module) => module.call(value));
    }
}
