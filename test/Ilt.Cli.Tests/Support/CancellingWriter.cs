using System.Text;

namespace Ilt.Cli.Tests.Support;

/// <summary>Plays a person who presses Ctrl-C on seeing a line that starts with the given text.</summary>
internal sealed class CancellingWriter(string trigger, CancellationTokenSource source) : StringWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(trigger, StringComparison.Ordinal) == true)
            source.Cancel();
    }
}
