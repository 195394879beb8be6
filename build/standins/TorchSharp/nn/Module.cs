using System.Reflection;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Named parameters, buffers and submodules, in the order in which they were registered.</summary>
        public class Module : IDisposable
        {
            private readonly List<(string Name, Modules.Parameter Value)> ownParameters = [];
            private readonly List<(string Name, Tensor Value, bool Persistent)> ownBuffers = [];
            private readonly List<(string Name, Module Value)> ownModules = [];
            private bool componentsRegistered;
            private bool isTraining = true;

            protected string name;

            protected Module(string name) => this.name = name;

            public virtual bool training => isTraining;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, module) in ownModules) module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void register_parameter(string name, Modules.Parameter? param)
            {
                RequireFree(name, "parameter");
                if (param is not null) ownParameters.Add((name, param));
            }

            public virtual void register_buffer(string name, Tensor? tensor, bool persistent = true)
            {
                RequireFree(name, "buffer");
                if (tensor is not null) ownBuffers.Add((name, tensor, persistent));
            }

            public virtual void register_module(string name, Module? submodule)
            {
                RequireFree(name, "submodule");
                if (submodule is null || ReferenceEquals(submodule, this)) return;
                submodule.RegisterComponents();
                ownModules.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Registers every module, parameter and tensor that a field of this object holds, under the name of the field.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered) return;
                componentsRegistered = true;
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    if (Has(field.Name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(field.Name, module); break;
                        case Modules.Parameter parameter: register_parameter(field.Name, parameter); break;
                        case Tensor tensor: register_buffer(field.Name, tensor); break;
                    }
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => ownModules;

            public virtual IEnumerable<Module> children() => ownModules.Select(m => m.Value);

            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                ownModules.Concat(ownModules.SelectMany(m => m.Value.named_modules().Select(inner => ($"{m.Name}.{inner.name}", inner.module))));

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual IEnumerable<(string name, Modules.Parameter parameter)> named_parameters(bool recurse = true) =>
                Distinct(AllParameters("", recurse));

            public virtual IEnumerable<Modules.Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Distinct(AllBuffers("", recurse, include_nonpersistent));

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual Modules.Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var before = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(before + key, parameter);
                foreach (var (key, buffer) in named_buffers(true, false)) destination.TryAdd(before + key, buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var missing = own.Keys.Where(k => !source.ContainsKey(k) && skip?.Contains(k) != true).ToList();
                var unexpected = source.Keys.Where(k => !own.ContainsKey(k) && skip?.Contains(k) != true).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException($"The state does not fit the module: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                using var off = no_grad();
                foreach (var (key, target) in own)
                    if (source.TryGetValue(key, out var value) && skip?.Contains(key) != true) Native.Ops.copy_.Do(target, value);
                return (missing, unexpected);
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none) parameter.grad = null;
                    else Native.Door.ZeroGrad(parameter);
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in ownModules) module.apply(fn);
                fn(this);
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, parameter) in ownParameters) parameter.Dispose();
                foreach (var (_, buffer, _) in ownBuffers) buffer.Dispose();
                foreach (var (_, module) in ownModules) module.Dispose();
            }

            /// <summary>A component that a property of a module hands out, and its replacement.</summary>
            internal Modules.Parameter? Parameter(string name) => ownParameters.Find(p => p.Name == name).Value;

            internal void Replace(string name, Modules.Parameter? value)
            {
                ownParameters.RemoveAll(p => p.Name == name);
                if (value is not null) ownParameters.Add((name, value));
            }

            internal void ConvertTo(ScalarType type)
            {
                using var off = no_grad();
                for (var k = 0; k < ownParameters.Count; k++)
                {
                    var old = ownParameters[k].Value;
                    using var converted = old.to(type, copy: true);
                    var parameter = (Modules.Parameter)new Modules.Parameter(converted, old.requires_grad).DetachFromDisposeScope();
                    ownParameters[k] = (ownParameters[k].Name, parameter);
                    Follow(old, parameter);
                    old.Dispose();
                }

                for (var k = 0; k < ownBuffers.Count; k++)
                {
                    var (key, old, persistent) = ownBuffers[k];
                    if (old.dtype is not (ScalarType.Float32 or ScalarType.Float64)) continue;
                    var converted = old.to(type, copy: true).DetachFromDisposeScope();
                    ownBuffers[k] = (key, converted, persistent);
                    Follow(old, converted);
                    old.Dispose();
                }

                foreach (var (_, module) in ownModules) module.ConvertTo(type);
            }

            // A field that held the old tensor holds the new one.
            private void Follow(Tensor old, Tensor now)
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    if (ReferenceEquals(field.GetValue(this), old)) field.SetValue(this, now);
            }

            private IEnumerable<(string, Modules.Parameter)> AllParameters(string prefix, bool recurse)
            {
                var own = ownParameters.Select(p => (prefix + p.Name, p.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllParameters($"{prefix}{m.Name}.", true))) : own;
            }

            private IEnumerable<(string, Tensor)> AllBuffers(string prefix, bool recurse, bool volatileToo)
            {
                var own = ownBuffers.Where(b => volatileToo || b.Persistent).Select(b => (prefix + b.Name, b.Value));
                return recurse ? own.Concat(ownModules.SelectMany(m => m.Value.AllBuffers($"{prefix}{m.Name}.", true, volatileToo))) : own;
            }

            private static IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T Value)> all) where T : Tensor =>
                all.DistinctBy(item => (object)item.Value, ReferenceEqualityComparer.Instance);

            private bool Has(string name) =>
                ownParameters.Exists(p => p.Name == name) || ownBuffers.Exists(b => b.Name == name) || ownModules.Exists(m => m.Name == name);

            private void RequireFree(string name, string kind)
            {
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (Has(name)) throw new ArgumentException($"The module has a component '{name}' already; the {kind} needs another name.", nameof(name));
            }
        }

        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected HookableModule(string name)
                : base(name)
            {
            }
        }

        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        public abstract class Module<T1, T2, TResult> : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module
    {
        module.ConvertTo(type);
        return module;
    }
}
