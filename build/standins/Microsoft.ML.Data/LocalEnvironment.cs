using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The environment behind a context, or of a component registered in it: its name and where its messages go.</summary>
internal sealed class LocalEnvironment(string name, Action<ChannelMessageKind, string, string> publish) : IHost
{
    public IHost Register(string childName, int? seed = null, bool? verbose = null) => new LocalEnvironment(FullName(childName), publish);

    public IChannel Start(string childName) => new Channel(FullName(childName), publish);

    private string FullName(string child)
    {
        Check.NotEmpty(child, "name");
        return name is null ? child : $"{name}; {child}";
    }

    private sealed class Channel : IChannel
    {
        private readonly string _source;
        private readonly Action<ChannelMessageKind, string, string> _publish;

        public Channel(string source, Action<ChannelMessageKind, string, string> publish)
        {
            _source = source;
            _publish = publish;
            _publish(ChannelMessageKind.Trace, _source, "Channel started");
        }

        public void Dispose() => _publish(ChannelMessageKind.Trace, _source, "Channel disposed");

        public void Info(MessageSensitivity sensitivity, string fmt) => _publish(ChannelMessageKind.Info, _source, fmt);

        public void Warning(MessageSensitivity sensitivity, string fmt) => _publish(ChannelMessageKind.Warning, _source, fmt);
    }
}
