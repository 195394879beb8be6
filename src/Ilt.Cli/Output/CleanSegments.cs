using Spectre.Console.Rendering;

namespace Ilt.Cli.Output;

/// <summary>Does to tables and live displays what <see cref="CleanWriter"/> does to lines; the commands of the display itself stay.</summary>
internal sealed class CleanSegments : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(part => new Clean(part));

    private sealed class Clean(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(CleanText.Of(segment.Text, keepsLines: true), segment.Style));
    }
}
