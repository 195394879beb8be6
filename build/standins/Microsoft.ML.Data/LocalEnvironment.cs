using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// The environment behind a context, and the hosts registered in it. A host's random numbers follow from its own seed, or from
/// its parent's seed and the registrations made there before.
/// </summary>
internal sealed class LocalEnvironment : IHost
{
    private readonly Action<ChannelMessageKind, string, string> _publish;
    private readonly string _name;

    public LocalEnvironment(int? seed, Action<ChannelMessageKind, string, string> publish)
        : this(null, seed is { } s ? new Random(s) : new Random(), new ComponentCatalog(), publish)
    {
    }

    private LocalEnvironment(string name, Random rand, ComponentCatalog catalog, Action<ChannelMessageKind, string, string> publish)
    {
        _name = name;
        Rand = rand;
        ComponentCatalog = catalog;
        _publish = publish;
    }

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Check.NotEmpty(name, nameof(name));
        Random rand;
        lock (Rand)
            rand = new Random(seed ?? Rand.Next());
        return new LocalEnvironment(FullName(name), rand, ComponentCatalog, _publish);
    }

    public IChannel Start(string name)
    {
        Check.NotEmpty(name, nameof(name));
        return new Channel(this, FullName(name));
    }

    private string FullName(string name) => _name is null ? name : $"{_name}; {name}";

    private sealed class Channel : IChannel
    {
        private readonly LocalEnvironment _owner;
        private readonly string _source;
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private bool _disposed;

        public Channel(LocalEnvironment owner, string source)
        {
            _owner = owner;
            _source = source;
            Send(ChannelMessageKind.Trace, "Channel started");
        }

        public void Dispose()
        {
            if (_disposed)
                return;
            Send(ChannelMessageKind.Trace, $"Channel finished. Elapsed {_watch.Elapsed:c}.");
            Send(ChannelMessageKind.Trace, "Channel disposed");
            _disposed = true;
        }

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Trace, fmt);

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Trace, string.Format(fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Error, fmt);

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Error, string.Format(fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Warning, fmt);

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Warning, string.Format(fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, fmt);

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Info, string.Format(fmt, args));

        private void Send(ChannelMessageKind kind, string message)
        {
            if (!_disposed)
                _owner._publish(kind, _source, message);
        }
    }
}
