using System.Text;

namespace Ilt.Cli.Output;

/// <summary>A writer for people: ids, labels, names and paths come from files, and must not command the terminal. A line that is written is one line.</summary>
internal sealed class CleanWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (value is not null) inner.Write(value is "\r" ? value : CleanText.Of(value, keepsLines: true)); // a line break may come in two parts
    }

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(CleanText.Of(value ?? "", keepsLines: false));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
