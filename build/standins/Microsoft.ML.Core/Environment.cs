namespace Microsoft.ML.Runtime;

public interface IChannelProvider
{
    IChannel Start(string name);
}

public interface IHostEnvironment : IChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>The environment of one component, with random numbers of its own.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}

/// <summary>A stream of messages of one component.</summary>
public interface IChannel : IDisposable
{
    void Trace(MessageSensitivity sensitivity, string fmt);

    void Trace(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Error(MessageSensitivity sensitivity, string fmt);

    void Error(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Warning(MessageSensitivity sensitivity, string fmt);

    void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Info(MessageSensitivity sensitivity, string fmt);

    void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
}

public enum ChannelMessageKind
{
    Trace = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}

[Flags]
public enum MessageSensitivity
{
    None = 0,
    UserData = 1,
    Schema = 2,
    All = -1,
    Unknown = All,
}
