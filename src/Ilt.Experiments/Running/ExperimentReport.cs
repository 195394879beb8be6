using System.Globalization;
using System.Text;

namespace Ilt.Experiments;

/// <summary>Writes all that is made of results: tables, figures, every figure as CSV, and apart from them the seconds.</summary>
internal static class ExperimentReport
{
    /// <summary>Writes below a folder.</summary>
    /// <returns>The report as Markdown, and what could not be written.</returns>
    public static (string Markdown, IReadOnlyList<string> Notes) Write(ExperimentFile file, IReadOnlyList<Cell> cells, ResultStore store, string folder)
    {
        var results = cells.Select(cell => (Cell: cell, Result: store.Read(cell))).Where(pair => pair.Result is not null).Select(pair => (pair.Cell, pair.Result!)).ToList();
        var maker = new TableMaker(results);
        var notes = new List<string>();
        var report = new StringBuilder($"# {file.Title}\n\n");
        report.Append(CultureInfo.InvariantCulture, $"{results.Count} of {cells.Count} cells.\n");
        Directory.CreateDirectory(Path.Combine(folder, "tables"));
        foreach (var spec in file.Tables)
        {
            var table = maker.Make(spec);
            report.Append('\n').Append(table.ToMarkdown());
            Write($"tables/{spec.Name}.md", table.ToMarkdown());
            Write($"tables/{spec.Name}.csv", table.ToCsv());
            Write($"tables/{spec.Name}.tex", table.ToLatex());
        }
        foreach (var spec in file.Figures)
        {
            Directory.CreateDirectory(Path.Combine(folder, "figures"));
            var any = false;
            foreach (var (suffix, plot) in FigureMaker.Make(spec, maker, results))
            {
                any = true;
                ResultStore.WriteWhole(Path.Combine(folder, $"figures/{spec.Name}{suffix}.svg"), FigureFiles.Svg(plot));
                ResultStore.WriteWhole(Path.Combine(folder, $"figures/{spec.Name}{suffix}.png"), FigureFiles.Png(plot));
                report.Append($"\n![{spec.Title}](figures/{spec.Name}{suffix}.svg)\n");
            }
            if (!any) notes.Add($"figure {spec.Name}: no finished cell fits it");
        }
        Write("report.md", report.ToString());
        Write("measurements.csv", Measurements(maker));
        Write("seconds.csv", Seconds(results));
        return (report.ToString(), notes);

        void Write(string name, string text) => ResultStore.WriteWhole(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    }

    private static string Measurements(TableMaker maker)
    {
        string[] dimensions = ["data", "corruption", "corrupted", "level"];
        var text = new StringBuilder("data,corruption,corrupted,level,seed,fit,score,task,measure,value\n");
        foreach (var one in maker.Observations)
        {
            string[] fields = [.. dimensions.Select(dimension => one[dimension]), one.Cell.Seed.ToString(CultureInfo.InvariantCulture), one["fit"], one["score"], one["task"], one["measure"]];
            text.Append(string.Join(',', fields.Select(Quote))).Append(',').Append(one.Figure.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
        return text.ToString();
    }

    private static string Seconds(List<(Cell Cell, CellResult Result)> results)
    {
        var text = new StringBuilder("fit,cells,mean seconds,all seconds\n");
        foreach (var method in results.GroupBy(result => result.Cell.Method.Name))
            text.Append(CultureInfo.InvariantCulture, $"{Quote(method.Key)},{method.Count()},{method.Average(result => result.Result.Seconds):F2},{method.Sum(result => result.Result.Seconds):F1}\n");
        return text.ToString();
    }

    private static string Quote(string text) => text.IndexOfAny([',', '"', '\n']) >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
