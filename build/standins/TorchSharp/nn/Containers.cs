using System.Collections;
using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}

namespace TorchSharp.Modules
{
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> steps = [];

        protected internal Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (var module in modules) Add(steps.Count.ToString(CultureInfo.InvariantCulture), module);
        }

        protected internal Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)[] modules)
            : base(nameof(Sequential))
        {
            foreach (var (key, module) in modules) Add(key, module);
        }

        public int Count => steps.Count;

        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(steps.Count.ToString(CultureInfo.InvariantCulture), module);

        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            Add(name, (torch.nn.Module<torch.Tensor, torch.Tensor>)module);
            return this;
        }

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (steps.Count == 0) return torch.Tensor.Alias(tensor);
            var current = tensor;
            foreach (var step in steps)
            {
                var next = step.call(current);
                // Only what was made in between; the graph keeps what backward needs.
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                current = next;
            }

            return current;
        }

        // As in TorchSharp, only the children switch; this object's own flag stays.
        public override void train(bool on = true)
        {
            foreach (var step in steps) step.train(on);
        }

        public override void eval() => train(false);

        private void Add(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, module);
            steps.Add(module);
        }
    }

    public class ModuleList<T> : torch.nn.Module, IList<T> where T : torch.nn.Module
    {
        private readonly List<T> items = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>))
        {
            foreach (var module in modules) Add(module);
        }

        public int Count => items.Count;
        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => items[index];
            set => throw Fixed();
        }

        public void Add(T item)
        {
            register_module(items.Count.ToString(CultureInfo.InvariantCulture), item);
            items.Add(item);
        }

        public bool Contains(T item) => items.Contains(item);
        public void CopyTo(T[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);
        public int IndexOf(T item) => items.IndexOf(item);
        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        public void Insert(int index, T item) => throw Fixed();
        public void RemoveAt(int index) => throw Fixed();
        public bool Remove(T item) => throw Fixed();
        public void Clear() => throw Fixed();

        private static NotSupportedException Fixed() => new("The stand-in's module list only grows.");
    }
}
