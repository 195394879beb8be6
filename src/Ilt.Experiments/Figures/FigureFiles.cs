using OxyPlot;

namespace Ilt.Experiments;

/// <summary>Writes plots as SVG and PNG.</summary>
internal static class FigureFiles
{
    private const int Width = 800, Height = 450;

    /// <summary>A plot as SVG.</summary>
    public static byte[] Svg(PlotModel plot)
    {
        using var stream = new MemoryStream();
        new SvgExporter { Width = Width, Height = Height }.Export(plot, stream);
        return stream.ToArray();
    }

    /// <summary>A plot as PNG. Letters are not joined, which needs one native library fewer.</summary>
    public static byte[] Png(PlotModel plot)
    {
        using var stream = new MemoryStream();
        new OxyPlot.SkiaSharp.PngExporter { Width = Width, Height = Height, UseTextShaping = false }.Export(plot, stream);
        return stream.ToArray();
    }
}
