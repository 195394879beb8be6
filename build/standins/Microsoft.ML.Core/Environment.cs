namespace Microsoft.ML.Runtime;

public interface IChannelProvider
{
    IChannel Start(string name);
}

public interface IHostEnvironment : IChannelProvider
{
    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>The environment of one component.</summary>
public interface IHost : IHostEnvironment;

/// <summary>A stream of messages of one component.</summary>
public interface IChannel : IDisposable
{
    void Info(MessageSensitivity sensitivity, string fmt);

    void Warning(MessageSensitivity sensitivity, string fmt);
}

public enum ChannelMessageKind
{
    Trace = 0,
    Info = 1,
    Warning = 2,
}

[Flags]
public enum MessageSensitivity
{
    None = 0,
    UserData = 1,
    Schema = 2,
}
