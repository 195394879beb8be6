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

    [TestCase("a,b\n1,Mild\n2,None\n3,None\n4,\n5,Mild\n", "t=class:b", "one class only ('Mild')", "3 of 5 cells are taken as missing ('None' 2, empty 1), for which --missing names other words, and \"--missing ,\" none")]
    [TestCase("a,b\n1,A\n2,a\n3,A\n", "t=class:b", "one class only ('A')", "'A' (2) = 'a' (1) are one class, and --keep-spellings keeps them apart")]
    [TestCase("a,b\n1,NA\n2,NA\n3,?\n", "t=class:b", "no label at all", "3 of 3 cells are taken as missing ('NA' 2, '?' 1)")]
    [TestCase("a,b\n1,\n2,\n3,\n", "t=count:b", "no label at all", "3 of 3 cells are empty;")]
    [TestCase("a,b\n1,NA\nNA,2\nNA,\n", "t=regression:a,b", "no label at all", "2 of 3 cells of column 'a' are taken as missing ('NA' 2)")]
    public void RequireLearnable_LabelsTakenAsMissingOrOne_SaysHowManyAndWhatOverrulesIt(string text, string spec, string expected, string reason)
    {
        var label = Read(text, spec);

        Assert.That(Assert.Throws<UserErrorException>(() => label.RequireLearnable(Enumerable.Range(0, label.Columns[0].Count).ToArray()))!.Message, Does.Contain(expected).And.Contain(reason));
    }

    [Test]
    public void RequireLearnable_OneClassOnly_GivesNoOtherReason() => Assert.That(
        Assert.Throws<UserErrorException>(() => Read("a,b\n1,x\n2,x\n", "t=class:b").RequireLearnable([0, 1]))!.Message, Does.EndWith("so there is nothing to tell apart: give another class, or leave the task out."));

    [Test]
    public void ClassLabel_SpellingsKept_AreTheCellsByteForByte()
    {
        const string Text = "a,b\n1,red\n2,red \n3,red\u00A0\n4,red\t\n5,\"red\"\n6, \n7,blue\n";
        var kept = (ClassLabel)Read(Text, "t=class:b", keepSpellings: true);
        var folded = (ClassLabel)Read(Text, "t=class:b");

        Assert.That(kept.ClassNames, Is.EquivalentTo(new[] { "red", "red ", "red\u00A0", "red\t", "blue" }));
        Assert.That(kept.SpellingNote, Is.Null);
        Assert.That(Enumerable.Range(0, 7).Select(row => kept.Cells(kept.ClassText(row) is { Length: > 0 } name ? name : "blue", "")[0]), Is.EqualTo(new[] { "red", "red ", "red\u00A0", "red\t", "red", "blue", "blue" }));
        Assert.That(kept.Cells(" blue ", ""), Is.EqualTo(new[] { "blue" }), "as a person may write it");
        Assert.That(folded.ClassNames, Is.EqualTo(new[] { "blue", "red" }));
        Assert.That(folded.SpellingNote, Does.Contain("'red' (2) = 'red<U+0009>' (1) = 'red ' (1) = 'red<U+00A0>' (1)"));
        foreach (var label in (ClassLabel[])[kept, folded])
            Assert.That(Enumerable.Range(0, 7).Select(label.GivenText), Is.EqualTo(new[] { "red", "red ", "red\u00A0", "red\t", "red", "", "blue" }), "as the file has it");
    }

    [Test]
    public void ClassLabel_BlanksAroundEachClass_AreNoPartOfItsName()
    {
        var label = (ClassLabel)Read("a, b\n1, red\n2, blue\n3, red\n", "t=class:b");

        Assert.That(label.ClassNames, Is.EqualTo(new[] { "blue", "red" }));
        Assert.That(label.SpellingNote, Is.Null);
    }

    [TestCase("01,1,1.0,2,01", "'01' (2) and '1' (1) and '1.0' (1); --numbers \"b\" makes them one class.")]
    [TestCase("1,1.0,odd,2,1", "'1' (2) and '1.0' (1); write them alike in the file to make them one.")]
    public void ClassLabel_EqualNumbersAmongTexts_AreNamed(string cells, string expected)
    {
        var text = "a,b\n" + string.Concat(cells.Split(',').Select((cell, i) => $"{i},{cell}\n"));

        Assert.That(((ClassLabel)Read(text, "t=class:b")).SpellingNote, Is.EqualTo($"column 'b': classes that are equal as numbers are kept apart: {expected}"));
        Assert.That(((ClassLabel)Read(text, "t=class:b", keepSpellings: true)).SpellingNote, Is.Null);
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

    private TaskLabel Read(string text, string spec, bool extra = false, bool keepSpellings = false)
    {
        // A second column keeps rows with an empty first cell from being blank lines.
        if (extra)
            text = string.Join('\n', text.Split('\n').Select((line, i) => i == 0 ? line + ",z" : line.Length > 0 ? line + ",0" : line));
        return TaskLabel.Read(TableReader.Read(folder.Write("t.csv", text)), TaskSpec.Parse(spec), keepSpellings: keepSpellings);
    }
}
