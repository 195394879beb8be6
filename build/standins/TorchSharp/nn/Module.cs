using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Named parameters and submodules, in the order in which they were registered.</summary>
        public class Module : IDisposable
        {
            private readonly List<(string Name, Parameter Value)> ownParameters = [];
            private readonly List<(string Name, Tensor Value, bool Persistent)> ownBuffers = [];
            private readonly List<(string Name, Module Value)> ownModules = [];
            private bool componentsRegistered;
            private bool isTraining = true;

            protected Module(string name) => ArgumentException.ThrowIfNullOrEmpty(name);

            public virtual bool training => isTraining;

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, module) in ownModules) module.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Registers every module and parameter that a field of this object holds, under the name of the field.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered) return;
                componentsRegistered = true;
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    if (field.GetValue(this) is Module module) Register(field.Name, module);
                    else if (field.GetValue(this) is Parameter parameter) Register(field.Name, parameter);
                }
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                AllParameters("", recurse).DistinctBy(item => item.Item2);

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                AllBuffers("", recurse, include_nonpersistent).DistinctBy(item => item.Item2);

            public virtual IEnumerable<(string name, Module module)> named_children() => ownModules.Select(m => (m.Name, m.Value));

            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                ownModules.SelectMany(m => m.Value.named_modules().Select(inner => ($"{m.Name}.{inner.name}", inner.module)).Prepend((m.Name, m.Value)));

            public virtual IEnumerable<Module> children() => ownModules.Select(m => m.Value);

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters()) destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in named_buffers(true, false)) destination.TryAdd(start + name, buffer);
                return destination;
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) => ownBuffers.Add((name, tensor.DetachFromDisposeScope(), persistent));

            public virtual void register_module(string name, Module submodule) => Register(name, submodule);

            public void Dispose()
            {
                foreach (var (_, parameter) in ownParameters) parameter.Dispose();
                foreach (var (_, buffer, _) in ownBuffers) buffer.Dispose();
                foreach (var (_, module) in ownModules) module.Dispose();
                GC.SuppressFinalize(this);
            }

            internal void Register(string name, Module module)
            {
                if (ownModules.Exists(m => m.Name == name)) return; // a field that register_module has named already
                module.RegisterComponents();
                ownModules.Add((name, module));
            }

            /// <summary>Takes the parameter over: it outlives the dispose scope that it was made in.</summary>
            internal void Register(string name, Parameter parameter) => ownParameters.Add((name, (Parameter)parameter.DetachFromDisposeScope()));

            internal Parameter? Registered(string name) => ownParameters.Find(p => p.Name == name).Value;

            internal Tensor? RegisteredBuffer(string name) => ownBuffers.Find(b => b.Name == name).Value;

            private IEnumerable<(string, Parameter)> AllParameters(string prefix, bool recurse)
            {
                var own = ownParameters.Select(p => (prefix + p.Name, p.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllParameters($"{prefix}{m.Name}.", true))) : own;
            }

            private IEnumerable<(string, Tensor)> AllBuffers(string prefix, bool recurse, bool nonPersistent)
            {
                var own = ownBuffers.Where(b => b.Persistent || nonPersistent).Select(b => (prefix + b.Name, b.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllBuffers($"{prefix}{m.Name}.", true, nonPersistent))) : own;
            }
        }

        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected HookableModule(string name)
                : base(name)
            {
            }
        }

        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }
    }
}
