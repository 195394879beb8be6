using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The start of everything: catalogs of operations, one seed, one log.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly LocalEnvironment _env;

    public MLContext(int? seed = null)
    {
        _env = new LocalEnvironment(seed, (kind, source, message) => Log?.Invoke(this, new LoggingEventArgs(message, kind, source)));
        Data = new DataOperationsCatalog(_env);
        Transforms = new TransformsCatalog(_env);
        Model = new ModelOperationsCatalog(_env);
        MulticlassClassification = new MulticlassClassificationCatalog(_env);
        BinaryClassification = new BinaryClassificationCatalog(_env);
        Regression = new RegressionCatalog(_env);
    }

    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    public BinaryClassificationCatalog BinaryClassification { get; }

    public RegressionCatalog Regression { get; }

    public ComponentCatalog ComponentCatalog => _env.ComponentCatalog;

    public string TempFilePath { get; set; } = Path.GetTempPath();

    public int? GpuDeviceId { get; set; }

    public bool FallbackToCpu { get; set; }

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _env.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _env.Start(name);
}

public class LoggingEventArgs : EventArgs
{
    // Subset: a message always has a kind and a source.
    internal LoggingEventArgs(string message, ChannelMessageKind kind, string source)
    {
        RawMessage = message;
        Kind = kind;
        Source = source;
        Message = $"[Source={source}, Kind={kind}] {message}";
    }

    public string Message { get; }

    public ChannelMessageKind Kind { get; }

    public string Source { get; }

    public string RawMessage { get; }
}
