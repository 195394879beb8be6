using System.Text;

namespace Ilt.Experiments;

/// <summary>A finished table: texts, and which of them are bold.</summary>
/// <param name="Name">Name of its files.</param>
/// <param name="Title">Heading.</param>
/// <param name="Head">Heads of the columns.</param>
/// <param name="LabelColumns">How many of the columns, from the left, are labels.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Notes">Sentences below.</param>
internal sealed record TableText(string Name, string Title, IReadOnlyList<string> Head, int LabelColumns, IReadOnlyList<IReadOnlyList<TableCell>> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>As Markdown, with heading and notes.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder($"### {Title}\n\n");
        text.Append($"| {string.Join(" | ", Head.Select(Escape))} |\n|{string.Concat(Head.Select((_, i) => i < LabelColumns ? " --- |" : " ---: |"))}\n");
        foreach (var row in Rows)
            text.Append($"| {string.Join(" | ", row.Select(cell => cell.Bold && cell.Text.Length > 0 ? $"**{Escape(cell.Text)}**" : Escape(cell.Text)))} |\n");
        foreach (var note in Notes) text.Append($"\n{note}\n");
        return text.ToString();

        static string Escape(string text) => text.Replace("|", @"\|").Replace("*", @"\*");
    }

    /// <summary>As CSV: the texts of the Markdown table without its marks.</summary>
    public string ToCsv() => string.Concat(Rows.Select(row => row.Select(cell => cell.Text)).Prepend(Head).Select(row => string.Join(',', row.Select(Quote)) + "\n"));

    /// <summary>As LaTeX, for the package booktabs.</summary>
    public string ToLatex()
    {
        var text = new StringBuilder($"% {Title.ReplaceLineEndings(" ")}\n\\begin{{tabular}}{{{new string('l', LabelColumns)}{new string('r', Head.Count - LabelColumns)}}}\n\\toprule\n");
        text.Append(Line(Head.Select(LatexEscape))).Append("\\midrule\n");
        foreach (var row in Rows) text.Append(Line(row.Select(cell => cell.Bold ? $"\\textbf{{{LatexEscape(cell.Text)}}}" : LatexEscape(cell.Text))));
        text.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (var note in Notes) text.Append($"% {note.ReplaceLineEndings(" ")}\n");
        return text.ToString();

        static string Line(IEnumerable<string> cells) => string.Join(" & ", cells) + " \\\\\n";
    }

    private static string Quote(string text) => text.IndexOfAny([',', '"', '\n']) >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static string LatexEscape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
            escaped.Append(c switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                '±' => "$\\pm$",
                '×' => "$\\times$",
                'Δ' => "$\\Delta$",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '\\' => "\\textbackslash{}",
                '<' or '>' => $"${c}$",
                _ => $"{c}",
            });
        return escaped.ToString();
    }
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Bold">Whether it is printed bold.</param>
internal readonly record struct TableCell(string Text, bool Bold = false);
