using System.Globalization;
using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    public class Parameter : torch.Tensor
    {
        internal Parameter(torch.Tensor data)
            : base(Door.Share(data)) => Door.RequireGrad(this);
    }

    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            // He et al. (2015) for a leaky rectifier of slope sqrt 5, the default of torch itself.
            var slope = Math.Sqrt(5);
            Make(nameof(weight), [outputs, inputs], Math.Sqrt(3) * (Math.Sqrt(2 / (1 + (slope * slope))) / Math.Sqrt(inputs)), dtype);
            if (hasBias) Make(nameof(bias), [outputs], inputs > 0 ? 1 / Math.Sqrt(inputs) : 0, dtype);
        }

        public Parameter? weight
        {
            get => Registered(nameof(weight));
            set => throw Fixed();
        }

        public Parameter? bias
        {
            get => Registered(nameof(bias));
            set => throw Fixed();
        }

        public override torch.Tensor forward(torch.Tensor tensor) => Ops.linear.Call(tensor, weight, bias);

        private static NotSupportedException Fixed() => new("The stand-in copies into the parameters of a layer; it does not replace them.");

        private void Make(string name, long[] shape, double bound, torch.ScalarType? dtype)
        {
            using var values = Ops.empty.Call(shape, dtype);
            Ops.uniform_.Do(values, -bound, bound);
            Register(name, new Parameter(values));
        }
    }

    public class ModuleList<T> : torch.nn.Module where T : torch.nn.Module
    {
        private readonly List<T> items = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>))
        {
            foreach (var module in modules) Add(module);
        }

        public int Count => items.Count;

        public T this[int index]
        {
            get => items[index];
            set => throw new NotSupportedException("The stand-in's module list only grows.");
        }

        public void Add(T item)
        {
            Register(items.Count.ToString(CultureInfo.InvariantCulture), item);
            items.Add(item);
        }

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();
    }
}
