namespace Ilt.Reports.Tests.Samples;

/// <summary>Texts as they should not be in data, in every place of a report. What would run sets <c>window.broken</c>.</summary>
internal static class HostileTexts
{
    public static readonly string[] All =
    [
        "</script><script>window.broken=1</script>", "<img src=x onerror=\"window.broken=2\">", "</style><svg onload=window.broken=3>", "\"><b onmouseover='window.broken=4'>x</b>",
        "<!--<script>window.broken=5//-->", "javascript:window.broken=6", "{{script}}", "=HYPERLINK(\"http://example.org\")", "+1+2", "-2+3", "@SUM(A1)", "\tindented", "\r\nsecond line",
        "'=quoted", "''@twice", "\u202egnp.exe", "\u0645\u0631\u062d\u0628\u0627", "\u001b[31mred\u001b[0m", "\u0000\u0007\u0008", "\u2028line\u2029paragraph", "👩‍🔬🎯", "&lt;b&gt;&amp;", "a,b\"c", "| pipe | `code` | *x* | [l](http://example.org)",
        "${window.broken=7}", "constructor", "__proto__", new string('x', 10_240),
    ];

    /// <summary>A report of nothing but such texts.</summary>
    public static AuditReport Report()
    {
        var rows = All.Select((text, i) => new ReportRow(text, 3 - i * 0.1f, 0.1f, 1, text, text, All[(i + 1) % All.Length], 0.8f, 0.9f, i < 9, 0.4f, "")).ToArray();
        return AuditSample.Frame(All[0], All[1]) with
        {
            Tool = All[2], Command = All[3], Notes = All, Warnings = All[..8],
            Tasks =
            [
                new ReportTask
                {
                    Name = All[1], Kind = All[0], Classes = All, Labelled = rows.Length, Share = 0.1, ShareLow = 0.05, ShareHigh = 0.2, Summary = All, Rows = rows, Colours = [.. All.Select((text, i) => new ReportColour(text, i % 3 == 0 ? null : "#a0b0c0"))], ColourNote = All[0],
                    Paths = new ReportPaths([0, 1], [0, 0.5], [0, 2], All.Take(12).ToDictionary(id => id, _ => new[] { 0f, 3f })),
                },
                new ReportTask { Name = "constructor", Kind = "number", Labelled = rows.Length, CannotTell = All[4], Summary = [], Rows = rows },
            ],
            Findings = [new(All[0], All[1], All[2], All[3], [All], All.Length)],
            Cells = new ReportCells(All, All.ToDictionary(id => id, _ => All), All.ToDictionary(id => id, _ => new[] { 0, 1, 2 })),
            Pictures = new Dictionary<string, byte[]> { [All[0]] = Png.Encode(2, 2, (_, _) => (1, 2, 3)) },
        };
    }
}
