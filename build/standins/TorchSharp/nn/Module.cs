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
            private readonly List<(string Name, Tensor Value)> ownBuffers = [];
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
                AllBuffers("", recurse).DistinctBy(item => item.Item2);

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters()) destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in named_buffers()) destination.TryAdd(start + name, buffer);
                return destination;
            }

            public void Dispose()
            {
                foreach (var (_, parameter) in ownParameters) parameter.Dispose();
                foreach (var (_, buffer) in ownBuffers) buffer.Dispose();
                foreach (var (_, module) in ownModules) module.Dispose();
                GC.SuppressFinalize(this);
            }

            internal void Register(string name, Module module)
            {
                module.RegisterComponents();
                ownModules.Add((name, module));
            }

            /// <summary>Takes the parameter over: it outlives the dispose scope that it was made in.</summary>
            internal void Register(string name, Parameter parameter) => ownParameters.Add((name, (Parameter)parameter.DetachFromDisposeScope()));

            internal void RegisterBuffer(string name, Tensor buffer) => ownBuffers.Add((name, buffer.DetachFromDisposeScope()));

            internal Parameter? Registered(string name) => ownParameters.Find(p => p.Name == name).Value;

            internal Tensor? RegisteredBuffer(string name) => ownBuffers.Find(b => b.Name == name).Value;

            private IEnumerable<(string, Parameter)> AllParameters(string prefix, bool recurse)
            {
                var own = ownParameters.Select(p => (prefix + p.Name, p.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllParameters($"{prefix}{m.Name}.", true))) : own;
            }

            private IEnumerable<(string, Tensor)> AllBuffers(string prefix, bool recurse)
            {
                var own = ownBuffers.Select(b => (prefix + b.Name, b.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllBuffers($"{prefix}{m.Name}.", true))) : own;
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
