using System.Text;

namespace Ilt.Cli.Output;

/// <summary>A writer whose reader may go away, such as a terminal that is closed: a run of hours must not end with it. What went wrong is kept.</summary>
internal sealed class SurvivingWriter(TextWriter inner) : TextWriter
{
    /// <summary>The first thing that went wrong; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine() => Try(inner.WriteLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Problem is not null) return;
        try
        {
            write();
        }
        catch (IOException e)
        {
            Problem = e.Message;
        }
    }
}
