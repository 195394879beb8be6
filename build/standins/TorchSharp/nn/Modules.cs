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

    /// <summary>Default initial values of torch's own layers with weights.</summary>
    internal static class InitialWeights
    {
        // He et al. (2015) for a leaky rectifier of slope sqrt 5 is a uniform bound of 1 / sqrt(fan-in), for weights and biases alike.
        internal static Parameter Make(long[] shape, long fanIn, torch.ScalarType? dtype)
        {
            var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
            using var values = Ops.empty.Call(shape, dtype);
            Ops.uniform_.Do(values, -bound, bound);
            return new Parameter(values);
        }

        internal static NotSupportedException Fixed() => new("The stand-in copies into the parameters of a layer; it does not replace them.");
    }

    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            Register(nameof(weight), InitialWeights.Make([outputs, inputs], inputs, dtype));
            if (hasBias) Register(nameof(bias), InitialWeights.Make([outputs], inputs, dtype));
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

        public override torch.Tensor forward(torch.Tensor tensor) => Ops.linear.Call(tensor, weight, bias);
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
