using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tasks;

public sealed class TaskLabelTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void ClassLabel_Numbers_AreOrderedByValueAndOneClassPerValue()
    {
        var label = (ClassLabel)Read("q\n10\n5\n5.0\n\n9\n?\n", "t=class:q", extra: true);

        Assert.That(label.ClassNames, Is.EqualTo(new[] { "5", "9", "10" }));
        Assert.That(label.Classes, Is.EqualTo(new[] { 2, 0, 0, 1, -1 }));
        Assert.That(label.GivenText(2), Is.EqualTo("5.0"), "the text of the file");
    }

    [Test]
    public void ClassLabel_ValidationRows_GoByTheNamesOfTheTrainingRows()
    {
        var training = Read("q,z\n10,0\n5,0\n", "t=class:q");
        var validation = (ClassLabel)TaskLabel.Read(TableReader.Read(folder.Write("v.csv", "q,z\n5.0,0\nodd,0\n1e1,0\n7.0,0\n7,0\n")), training.Spec, training);

        Assert.That(Enumerable.Range(0, 5).Select(validation.ClassText), Is.EqualTo(new[] { "5", "odd", "10", "7.0", "7.0" }));
        Assert.That(validation.ClassNames, Is.EqualTo(new[] { "5", "7.0", "10", "odd" }), "the classes it holds");
    }

    [Test]
    public void ClassLabel_ValidationRowsOfTextClasses_StayTexts()
    {
        var training = Read("q,z\n5,0\n5.0,0\nodd,0\n", "t=class:q");
        var validation = (ClassLabel)TaskLabel.Read(TableReader.Read(folder.Write("v.csv", "q,z\n5,0\n5.0,0\n")), training.Spec, training);

        Assert.That(validation.ClassNames, Is.EqualTo(new[] { "5", "5.0" }));
    }

    [Test]
    public void NumberLabel_OneComponentMissing_IsNoLabel()
    {
        var label = (NumberLabel)Read("a,b\n1,2\n3,\n5,6\n", "t=regression:a,b");

        Assert.That(Enumerable.Range(0, 3).Select(label.IsLabelled), Is.EqualTo(new[] { true, false, true }));
        Assert.That(NumberLabel.RowMajor(label.Components), Is.EqualTo(new[] { 1f, 2f, 3f, float.NaN, 5f, 6f }));
        Assert.That(label.GivenText(2), Is.EqualTo("5;6"));
        Assert.That(label.GivenText(1), Is.Empty);
    }

    [TestCase("a,b\n1,x\n1,y\n", "t=regression:a", "constant")]
    [TestCase("a,b\n1,x\n2,x\n", "t=class:b", "one class only")]
    [TestCase("a,b\n1,x\n2,x\n3,y\n", "t=class:b", "class 'y' has one row only (line 4)")]
    [TestCase("a,b\n1,x\n2,NA\n3,\n", "t=class:b", "one class only")]
    [TestCase("a,b\n,x\n?,y\n", "t=regression:a", "no label at all")]
    public void RequireLearnable_NothingToLearn_SaysWhy(string text, string spec, string expected)
    {
        var label = Read(text, spec);

        var error = Assert.Throws<UserErrorException>(() => label.RequireLearnable(Enumerable.Range(0, label.Columns[0].Count).ToArray()))!;
        Assert.That(error.Message, Does.StartWith("--task t").And.Contain(expected));
    }

    [Test]
    public void Read_TextForRegression_NamesTheFirstCell()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("a,b\n1,x\ntwo,y\n", "t=regression:a"))!;

        Assert.That(error.Message, Does.Contain("line 3, column 'a'").And.Contain("'two'"));
    }

    [Test]
    public void Read_ClassOverSeveralColumns_IsRefused()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("a,b\n1,x\n2,y\n", "t=class:*"))!;

        Assert.That(error.Message, Does.Contain("one column, found 2 (a, b)"));
    }

    private TaskLabel Read(string text, string spec, bool extra = false)
    {
        // A second column keeps rows with an empty first cell from being blank lines.
        if (extra)
            text = string.Join('\n', text.Split('\n').Select((line, i) => i == 0 ? line + ",z" : line.Length > 0 ? line + ",0" : line));
        return TaskLabel.Read(TableReader.Read(folder.Write("t.csv", text)), TaskSpec.Parse(spec));
    }
}
