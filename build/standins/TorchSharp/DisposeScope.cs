namespace TorchSharp;

/// <summary>Owns the tensors that its thread makes while it is the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? innermost;

    private readonly HashSet<torch.Tensor> owned = [];
    private readonly DisposeScope? outer;
    private bool closed;

    internal DisposeScope()
    {
        outer = innermost;
        innermost = this;
    }

    internal static DisposeScope? Innermost => innermost;

    public void Dispose()
    {
        if (closed) return;
        closed = true;
        // Scopes closed out of order stay on the chain until those inside them are closed.
        while (innermost is { closed: true }) innermost = innermost.outer;
        foreach (var tensor in owned.ToArray()) tensor.Dispose();
    }

    internal void Attach(torch.Tensor tensor)
    {
        tensor.Scope = this;
        owned.Add(tensor);
    }

    internal void Detach(torch.Tensor tensor)
    {
        tensor.Scope = null;
        owned.Remove(tensor);
    }
}
