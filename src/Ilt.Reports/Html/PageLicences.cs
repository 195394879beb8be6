using System.Text.Json;

namespace Ilt.Reports;

/// <summary>Under what licences the scripts of the page stand.</summary>
internal static class PageLicences
{
    /// <summary>Names and texts, as JSON.</summary>
    public static byte[] Write()
    {
        var bsd = PageFiles.Read("Licences/bsd-3-clause.txt");
        (string Name, string Text)[] licences =
        [
            ("Apache ECharts 6.0.0, as bundled in Vizor.ECharts 0.9.7",
                "Apache ECharts\nCopyright 2017-2025 The Apache Software Foundation\n\n" +
                "This product includes software developed at The Apache Software Foundation (https://www.apache.org/).\n\n" +
                "Vizor.ECharts\nCopyright 2023-2026 DataHint BV\n\n" + PageFiles.Read("Licences/apache-2.0.txt")),
            ("ZRender, part of ECharts (BSD 3-Clause)", "Copyright (c) 2017, Baidu Inc.\nAll rights reserved.\n\n" + bsd),
            ("Parts of d3, in ECharts (BSD 3-Clause)", "Copyright 2010-2016 Mike Bostock\nAll rights reserved.\n\n" + bsd),
            ("The page’s own script and style (MIT)",
                "Part of Ilt.MLNet. Copyright the Ilt.MLNet authors. Its licence is in the file LICENSE of its sources."),
        ];
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var (name, text) in licences)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }
}
