namespace Ilt.Examples.Tests;

/// <summary>Tables of docs/results that <c>ilt experiment</c> wrote are those that are stored beside: docs/results/PAGE.TABLE.csv stands in PAGE.md.</summary>
public class ResultPagesTests
{
    [Test]
    public void StoredTables_StandInTheirPages()
    {
        var folder = Path.Combine(Documentation.Root, "docs", "results");
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            var page = Path.Combine(folder, name.Split('.')[0] + ".md");
            Assert.That(File.Exists(page), $"{name} belongs to no page; it is called PAGE.TABLE.csv");
            Assert.That(Holds(File.ReadAllText(page), File.ReadAllText(file)), $"{page} does not hold the table of {name}; copy it from tables/*.md of the experiment again");
        }
    }

    [TestCase("| a | b |\n| --- | ---: |\n| x | **1 ± 2 \\*** |\n", true)]
    [TestCase("text\n\n| a | b |\n| --- | ---: |\n| x | 1 ± 2 \\* |\n\ntext", true)]
    [TestCase("| a | b |\n| --- | ---: |\n| x | 1 ± 3 \\* |\n", false)]
    [TestCase("| a | b |\n| --- | ---: |\n", false)]
    [TestCase("| a | b |\n| --- | ---: |\n| x | 1 ± 2 \\* |\n| y | 1 |\n", false)]
    public void Holds_ComparesEveryCell(string page, bool expected) => Assert.That(Holds(page, "a,b\nx,1 ± 2 *\n"), Is.EqualTo(expected));

    [Test]
    public void Holds_QuotedCells() => Assert.That(Holds("| a, b |\n| --- |\n| \"x\" |\n", "\"a, b\"\n\"\"\"x\"\"\"\n"));

    private static bool Holds(string page, string csv)
    {
        var expected = csv.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join('\t', Fields(line))).ToArray();
        return Tables(page.ReplaceLineEndings("\n")).Any(table => table.SequenceEqual(expected));
    }

    private static IEnumerable<string[]> Tables(string page)
    {
        var lines = new List<string>();
        foreach (var line in page.Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
            {
                if (!line.StartsWith("| ---", StringComparison.Ordinal) && !line.StartsWith("|---", StringComparison.Ordinal)) lines.Add(string.Join('\t', line.Trim('|').Split('|').Select(Plain)));
                continue;
            }
            if (lines.Count > 0) yield return [.. lines];
            lines.Clear();
        }
    }

    private static string Plain(string cell) => cell.Trim().Replace(@"\*", "\u0001").Replace("**", "").Replace('\u0001', '*');

    private static IEnumerable<string> Fields(string line)
    {
        var (field, isQuoted) = (new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else field.Append(line[i]);
        }
        yield return field.ToString();
    }
}
