using System.Text;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Pipeline;

/// <summary>Labels that are gathered in the order of the file are those that are looked up one by one.</summary>
public sealed class LabelTextsTests
{
    [Test]
    public void Take_TaskAfterTask_GivesTheTextsOfTheFile([Values(long.MaxValue, 100_000, 0)] long mostBytes)
    {
        const int Rows = 70_000; // more than lie together
        using var folder = new TempFolder();
        var path = folder.Write("t.csv", "a,b,c\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{(i % 3 == 0 ? "größe" : "x")}, {i % 50}.50,{(i % 7 == 0 ? "" : "1")}\n")));
        var table = TableReader.Read(path);
        var labels = TaskLabel.ReadAll(table, TaskSpec.ParseAll(["a=class:a", "b=regression:b,c"]));
        var texts = new LabelTexts(table.Source, Rows, mostBytes);
        foreach (var label in labels.Reverse())
        {
            texts.Take(label);
            for (var row = Rows - 1; row >= 0; row--)
                if (Encoding.UTF8.GetString(texts[row]) is var text && text != label.GivenText(row))
                    Assert.Fail($"row {row}: '{text}' instead of '{label.GivenText(row)}'");
        }

        Assert.That(labels[1].GivenText(1), Is.EqualTo("1.50;1"));
    }
}
