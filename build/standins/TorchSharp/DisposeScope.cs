namespace TorchSharp;

/// <summary>Owns the tensors that its thread makes while it is the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? innermost;

    private readonly HashSet<IDisposable> owned = new(ReferenceEqualityComparer.Instance);
    private readonly DisposeScope? outer;
    private bool closed;

    internal DisposeScope()
    {
        outer = innermost;
        innermost = this;
    }

    internal static DisposeScope? Innermost => innermost;

    internal DisposeScope? OpenOuter
    {
        get
        {
            var scope = outer;
            while (scope is { closed: true }) scope = scope.outer;
            return scope;
        }
    }

    public int DisposablesCount => owned.Count;

    public bool Contains(IDisposable disposable) => owned.Contains(disposable);

    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope?.owned.Remove(tensor);
            tensor.Scope = this;
        }

        owned.Add(disposable);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Release(disposable);
        return disposable;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Release(disposable);
        OpenOuter?.Attach(disposable);
        return disposable;
    }

    /// <summary>Forgets something that its owner has disposed already.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Release(disposable);

    public void DisposeEverything()
    {
        var all = owned.ToArray();
        owned.Clear();
        foreach (var disposable in all)
        {
            if (disposable is torch.Tensor tensor) tensor.Scope = null;
            disposable.Dispose();
        }
    }

    public void Dispose()
    {
        if (closed) return;
        closed = true;
        // Scopes closed out of order stay on the chain until those inside them are closed.
        while (innermost is { closed: true }) innermost = innermost.outer;
        DisposeEverything();
    }

    private void Release(IDisposable disposable)
    {
        if (owned.Remove(disposable) && disposable is torch.Tensor tensor) tensor.Scope = null;
    }
}
