using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Ilt.Experiments;

/// <summary>Draws the figures of an experiment.</summary>
internal static class FigureMaker
{
    // Colours that stay apart for most kinds of colour vision (Okabe and Ito, 2008).
    private static readonly OxyColor[] Colours =
    [
        OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115), OxyColor.FromRgb(204, 121, 167), OxyColor.FromRgb(230, 159, 0), OxyColor.FromRgb(86, 180, 233), OxyColors.Black,
    ];

    // Beyond as many lines as there are colours.
    private static readonly LineStyle[] Styles = [LineStyle.Solid, LineStyle.Dash, LineStyle.Dot];

    // Where it is absent, the renderer takes what there is.
    private const string Font = "DejaVu Sans";

    /// <summary>The plots of a figure, each with the end of its file's name.</summary>
    public static IEnumerable<(string Suffix, PlotModel Plot)> Make(FigureSpec spec, TableMaker maker, IReadOnlyList<(Cell Cell, CellResult Result)> results) => spec.Kind switch
    {
        FigureSpec.Lines => [("", Series(spec, maker, asBars: false))],
        FigureSpec.Bars => [("", Series(spec, maker, asBars: true))],
        FigureSpec.Paths => Traced(spec, results).SelectMany(found => found.Traces!.Where(trace => Lets(spec, "task", trace.Task)).Select(trace => ($"-{Plain(trace.Task)}", Paths(spec, trace)))),
        _ => Traced(spec, results).SelectMany(found => Boxes(spec, found)),
    };

    // The first cell that fits: a figure shows one run.
    private static IEnumerable<CellResult> Traced(FigureSpec spec, IReadOnlyList<(Cell Cell, CellResult Result)> results) => results
        .Where(result => result.Result.Traces is not null && spec.Where.All(filter => filter.Key == "task" || filter.Value.Contains(new Observation(result.Cell, new Measured("", "", "", 0))[filter.Key])))
        .Take(1).Select(result => result.Result);

    private static PlotModel Paths(FigureSpec spec, TaskTrace trace)
    {
        var plot = Plot($"{spec.Title}: {trace.Task}", "epoch", "s");
        for (var i = 0; i < trace.HardRows.Count; i++) plot.Series.Add(Line($"row that was hard {i + 1}", trace.HardRows[i], Colours[i + 1]));
        var median = Line("median of all rows", trace.Median, OxyColors.Black);
        median.StrokeThickness = 3;
        plot.Series.Add(median);
        return plot;
    }

    private static IEnumerable<(string, PlotModel)> Boxes(FigureSpec spec, CellResult result)
    {
        var found = Plot($"{spec.Title}: found by s", "epoch", "share of the wrong rows found");
        foreach (var (trace, k) in result.Traces!.Where(trace => Lets(spec, "task", trace.Task)).Select((trace, k) => (trace, k)))
        {
            var plot = Plot($"{spec.Title}: {trace.Task}", "epoch", "s");
            (plot.Axes[0].Minimum, plot.Axes[0].Maximum) = (0.5, trace.Right.Count + 0.5); // no box is cut
            plot.Series.Add(Box("rows that are right", trace.Right, -0.18, Colours[0]));
            if (trace.Wrong.Count > 0) plot.Series.Add(Box("rows that are wrong", trace.Wrong, 0.18, Colours[1]));
            yield return ($"-{Plain(trace.Task)}", plot);
            if (trace.Found.Count > 0) found.Series.Add(Line(trace.Task, trace.Found, Colours[k % Colours.Length]));
        }
        if (found.Series.Count > 0) yield return ("-found", found);
    }

    private static PlotModel Series(FigureSpec spec, TableMaker maker, bool asBars)
    {
        var observations = maker.Observations.Where(one => one.Figure.Measure == spec.Measure && !double.IsNaN(one.Figure.Value)
            && (spec.Of == "all" || one.IsOfCorrupted == (spec.Of == "corrupted")) && spec.Where.All(filter => filter.Value.Contains(one[filter.Key]))).ToList();
        var methods = spec.Where.TryGetValue("method", out var order) ? order.Where(name => observations.Any(one => one.Method == name)).ToList() : observations.Select(one => one.Method).Distinct().ToList();
        var places = observations.Select(one => one[spec.Along]).Distinct().ToList();
        if (!asBars) places = [.. observations.GroupBy(one => one[spec.Along]).OrderBy(group => group.First().Cell.Level).Select(group => group.Key)];
        var plot = new PlotModel { Title = spec.Title, TitleFontSize = 14, DefaultFont = Font };
        var axis = new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = spec.Along,
            MajorStep = 1,
            MinorStep = 1,
            Minimum = -0.6,
            Maximum = Math.Max(1, places.Count) - 0.4,
            LabelFormatter = place => place >= 0 && place < places.Count && place == Math.Floor(place) ? places[(int)place] : "",
        };
        Add(plot, axis, new LinearAxis { Position = AxisPosition.Left, Title = spec.Measure, AxisTitleDistance = 12 });
        for (var m = 0; m < methods.Count; m++)
        {
            var means = places.Select(place => Sample.Of(observations.Where(one => one.Method == methods[m] && one[spec.Along] == place).GroupBy(one => one.Cell.Seed).Select(seed => seed.Average(one => one.Figure.Value)))?.Mean ?? double.NaN).ToArray();
            var colour = Colours[m % Colours.Length];
            if (asBars)
            {
                var (width, bars) = (0.8 / methods.Count, new RectangleBarSeries { Title = methods[m], FillColor = colour, StrokeThickness = 0 });
                for (var i = 0; i < means.Length; i++)
                    if (!double.IsNaN(means[i])) bars.Items.Add(new RectangleBarItem(i - 0.4 + (m * width), 0, i - 0.4 + ((m + 1) * width), means[i]));
                plot.Series.Add(bars);
            }
            else
            {
                var line = new LineSeries { Title = methods[m], Color = colour, LineStyle = Styles[m / Colours.Length % Styles.Length], MarkerType = MarkerType.Circle, MarkerFill = colour };
                for (var i = 0; i < means.Length; i++) line.Points.Add(new DataPoint(i, means[i]));
                plot.Series.Add(line);
            }
        }
        return plot;
    }

    private static PlotModel Plot(string title, string x, string y)
    {
        var plot = new PlotModel { Title = title, TitleFontSize = 14, DefaultFont = Font };
        Add(plot, new LinearAxis { Position = AxisPosition.Bottom, Title = x, MinorTickSize = 0, MinimumMajorStep = 1 }, new LinearAxis { Position = AxisPosition.Left, Title = y, AxisTitleDistance = 12 });
        return plot;
    }

    private static void Add(PlotModel plot, params ReadOnlySpan<Axis> axes)
    {
        foreach (var axis in axes) plot.Axes.Add(axis);
        plot.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightTop });
    }

    private static LineSeries Line(string title, IReadOnlyList<double> values, OxyColor colour)
    {
        var line = new LineSeries { Title = title, Color = colour };
        for (var i = 0; i < values.Count; i++) line.Points.Add(new DataPoint(i + 1, values[i]));
        return line;
    }

    private static BoxPlotSeries Box(string title, IReadOnlyList<double[]> boxes, double shift, OxyColor colour)
    {
        var series = new BoxPlotSeries { Title = title, Fill = OxyColor.FromAColor(120, colour), Stroke = colour, BoxWidth = 0.3, WhiskerWidth = 0.5 };
        for (var epoch = 0; epoch < boxes.Count; epoch++)
        {
            var box = boxes[epoch];
            series.Items.Add(new BoxPlotItem(epoch + 1 + shift, box[0], box[1], box[2], box[3], box[4]));
        }
        return series;
    }

    private static bool Lets(FigureSpec spec, string dimension, string value) => !spec.Where.TryGetValue(dimension, out var values) || values.Contains(value);

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).ToLower(CultureInfo.InvariantCulture);
}
