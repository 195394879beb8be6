using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The start of everything: catalogs of operations, and one log.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly LocalEnvironment _env;

    // The seed has nothing to do here: none of the steps that the stand-in has draws numbers.
    public MLContext(int? seed = null) =>
        _env = new LocalEnvironment(null, (kind, source, message) => Log?.Invoke(this, new LoggingEventArgs(message, kind, source)));

    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; } = new();

    public TransformsCatalog Transforms { get; } = new();

    public ModelOperationsCatalog Model { get; } = new();

    public MulticlassClassificationCatalog MulticlassClassification { get; } = new();

    public BinaryClassificationCatalog BinaryClassification { get; } = new();

    public RegressionCatalog Regression { get; } = new();

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _env.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _env.Start(name);
}

public class LoggingEventArgs : EventArgs
{
    internal LoggingEventArgs(string message, ChannelMessageKind kind, string source)
    {
        RawMessage = message;
        Kind = kind;
        Source = source;
    }

    public ChannelMessageKind Kind { get; }

    public string Source { get; }

    public string RawMessage { get; }
}
