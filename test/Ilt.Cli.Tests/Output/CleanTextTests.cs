using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;
using Spectre.Console;

namespace Ilt.Cli.Tests.Output;

/// <summary>What files say never commands the terminal.</summary>
public sealed class CleanTextTests
{
    [TestCase("plain é 日本", "plain é 日本")]
    [TestCase("\u001B[31mred", "\\u001B[31mred")]
    [TestCase("bell\a del\u007F c1\u009B", "bell\\u0007 del\\u007F c1\\u009B")]
    [TestCase("turned\u202E round", "turned\\u202E round")]
    [TestCase("over\rwritten", "over\\u000Dwritten")]
    [TestCase("tab\tstays", "tab\tstays")]
    public void Of_ShowsCommandsByNumber(string text, string expected)
    {
        Assert.That(CleanText.Of(text, keepsLines: false), Is.EqualTo(expected));
        Assert.That(CleanText.Of(text, keepsLines: true), Is.EqualTo(expected));
    }

    [Test]
    public void Of_LineBreaks_StayWhereLinesAreMeant()
    {
        Assert.That(CleanText.Of("a\r\nb\nc", keepsLines: true), Is.EqualTo("a\r\nb\nc"));
        Assert.That(CleanText.Of("a\nb", keepsLines: false), Is.EqualTo("a\\u000Ab"));
    }

    [Test]
    public void Table_OnATerminal_KeepsItsColoursAndNotThoseOfCells()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        console.Pipeline.Attach(new CleanSegments());
        console.Write(new Table().AddColumn("[red]id[/]").AddRow(Markup.Escape("x\u001B]0;title\a")));
        Assert.That(output.ToString(), Does.Contain("\u001B[").And.Contain("\\u001B]0;title\\u0007").And.Not.Contain("\u001B]0"));
    }

    [Test]
    public void EveryCommand_NamesLabelsAndPathsWithCommands_PrintsNoneOfThem()
    {
        using var folder = new TempFolder();
        const string Evil = "\u001B[2J";
        var csv = SmallTable.Csv().Replace(",big,", $",b{Evil}ig,").Replace("\nrow1,", $"\nrow{Evil}1,").Replace("x2", $"x{Evil}2");
        var data = folder.Write("t.csv", csv);
        string[] runs = ["o1", "o2"];
        var output = "";
        foreach (var run in runs)
            output += CliRun.Done(SmallTable.Quick("flag", data, "--task", $"k{Evil}=class:kind", "--id", "id", "--ignore", "weight,size", "--out", folder[run]));
        var refused = CliRun.Of("flag", folder[$"none{Evil}.csv"], "--task", SmallTable.KindTask);
        output += refused.Out + refused.Error;
        var predicted = CliRun.Of("predict", Path.Combine(folder["o1"], "model.zip"), data, "--out", folder[$"p{Evil}.csv"]);
        output += predicted.Out + predicted.Error;
        Assert.That(predicted.ExitCode, Is.Zero, predicted.Error);
        Assert.That(output.Where(c => char.IsControl(c) && c != '\n' && c != '\r'), Is.Empty);
        Assert.That(output, Does.Contain("\\u001B[2J"));
        Assert.That(File.ReadAllText(Path.Combine(folder["o1"], "noise-scores.csv")), Does.Contain(Evil), "files keep what there is");
    }
}
