using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The assemblies whose components one context may load.</summary>
public sealed class ComponentCatalog
{
    private readonly object _lock = new();
    private readonly Dictionary<string, Assembly> _assemblies = new(StringComparer.Ordinal);

    internal ComponentCatalog()
    {
    }

    internal IReadOnlyList<Assembly> Assemblies
    {
        get
        {
            lock (_lock)
                return [.. _assemblies.Values];
        }
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        Check.NotNull(assembly, nameof(assembly));
        lock (_lock)
            _assemblies.TryAdd(assembly.FullName, assembly);
    }
}
