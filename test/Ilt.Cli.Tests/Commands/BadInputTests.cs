using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Bad use and bad data, from the command line: exit code 1 and one line that says what to do.</summary>
public sealed class BadInputTests
{
    private const string Good = "id,x,kind,size\na,1,u,1.5\nb,2,v,2.5\nc,3,u,3.5\nd,4,v,4.5\n";
    private const string Kind = "kind=class:kind";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder()
    {
        Assert.That(Directory.Exists(folder["out"]) ? Directory.GetFiles(folder["out"]) : [], Is.Empty, "nothing may be left in the output folder");
        folder.Dispose();
    }

    [Test]
    public void Flag_MissingColumn_ProposesTheNearest() =>
        Assert.That(Flag(Good, "--task", "kind=class:Kinds"), Does.Contain("no column 'Kinds'").And.Contain("did you mean 'kind'?"));

    [Test]
    public void Flag_RaggedRow_NamesTheLine() =>
        Assert.That(Flag(Good + "e,5,u\n", "--task", Kind), Does.Contain("line 6 has 3 fields, the header has 4").And.Contain("mend"));

    [TestCase("")]
    [TestCase("\n \n")]
    [TestCase("id,x,kind,size\n")]
    public void Flag_NoRows_SaysWhatIsMissing(string text) =>
        Assert.That(Flag(text, "--task", Kind), Does.Contain("rows"));

    [Test]
    public void Flag_ClassWithOneRow_NamesItAndItsLine() =>
        Assert.That(Flag(Good + "e,5,w,1\n", "--task", Kind), Does.Contain("class 'w' has one row only (line 6)").And.Contain("merge"));

    [Test]
    public void Flag_ConstantTarget_NamesTheColumn() =>
        Assert.That(Flag("x,size\n1,5\n2,5\n3,5\n", "--task", "size=regression:size"), Does.Contain("'size' is constant (5 in every labelled row)"));

    [TestCase("nan")]
    [TestCase("NaN")]
    [TestCase("inf")]
    [TestCase("-inf")]
    [TestCase("1e99")]
    public void Flag_NotFinite_NamesLineAndColumn(string cell)
    {
        Assert.That(Flag(Good.Replace("2.5", cell), "--task", "s=regression:size", "--id", "id"), Does.Contain("line 3, column 'size'").And.Contain("empty"));
        Assert.That(Flag(Good.Replace("2.5", cell), "--task", Kind, "--id", "id"), Does.Contain("line 3, column 'size'"));
    }

    [Test]
    public void Flag_DuplicateIds_NamesBothLines() =>
        Assert.That(Flag(Good + "b,5,u,1\n", "--task", Kind, "--id", "id"), Does.Contain("'b'").And.Contain("lines 3 and 6"));

    [Test]
    public void Flag_EmptyId_NamesTheLine() =>
        Assert.That(Flag(Good + ",5,u,1\n", "--task", Kind, "--id", "id"), Does.Contain("line 6, column 'id'"));

    [Test]
    public void Flag_WrongEncoding_NamesLineByteAndCure()
    {
        var data = folder.Write("t.csv", [.. "x,kind\n1,a\n2,"u8, 0xFC, .. "\n"u8]);

        Assert.That(Refused("flag", data, "--task", Kind), Does.Contain("line 3").And.Contain("0xFC").And.Contain("iconv"));
    }

    [Test]
    public void Flag_Utf16_NamesTheCure()
    {
        var data = folder.Write("t.csv", System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes(Good)).ToArray());

        Assert.That(Refused("flag", data, "--task", Kind), Does.Contain("UTF-16"));
    }

    [Test]
    public void Flag_Directory_AsksForAFile() =>
        Assert.That(Refused("flag", folder.Root, "--task", Kind), Does.Contain("is a directory; give a file"));

    [Test]
    public void Flag_NoSuchFile_SaysSo() =>
        Assert.That(Refused("flag", folder["absent.csv"], "--task", Kind), Does.Contain("no such file"));

    [Test]
    public void Flag_OutIsAFile_IsNoticedBeforeTheDataIsRead()
    {
        var file = folder.Write("taken", "x");

        var error = CliRun.Refused("flag", folder["absent.csv"], "--task", Kind, "--out", file);

        Assert.That(error, Does.Contain("--out").And.Contain("is a file; name a folder"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("x"));
    }

    [Test]
    public void Flag_OutUnderAFile_CannotBeWritten()
    {
        var file = folder.Write("taken", "x");

        Assert.That(CliRun.Refused("flag", folder["absent.csv"], "--task", Kind, "--out", Path.Combine(file, "below")), Does.Contain("--out").And.Contain("choose a place where you may write"));
    }

    [Test]
    public void Flag_TextWithManyValues_AdvisesIdOrIgnore()
    {
        var text = "name,x,kind\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"n{i},{i},{(i % 2 == 0 ? "u" : "v")}\n"));

        Assert.That(Flag(text, "--task", Kind), Does.Contain("'name' is text with 80 different values in 80 rows").And.Contain("--id \"name\"").And.Contain("--ignore \"name\""));
    }

    [Test]
    public void Flag_NumbersWithATypo_PointsAtTheCell()
    {
        var text = "x,kind\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"{(i == 7 ? "3,5".Replace(',', 'o') : i)},{(i % 2 == 0 ? "u" : "v")}\n"));

        Assert.That(Flag(text, "--task", Kind), Does.Contain("'3o5' on line 9"));
    }

    [Test]
    public void Flag_NothingToLearnFrom_SaysSo() =>
        Assert.That(Flag("c,kind\n1,u\n1,v\n1,u\n1,v\n", "--task", Kind), Does.Contain("no feature column").And.Contain("constant: c"));

    [Test]
    public void Flag_LabelAmongFeatures_IsRefused() =>
        Assert.That(Flag(Good, "--task", Kind, "--features", "x,kind"), Does.Contain("label of task 'kind'"));

    [TestCase("--epochs", "0", "at least 1")]
    [TestCase("--epochs", "many", "whole number")]
    [TestCase("--batch", "-3", "at least 1")]
    [TestCase("--lr", "0", "above 0")]
    [TestCase("--lr", "1,5", "decimal point")]
    [TestCase("--ilt-lr", "nan", "above 0")]
    [TestCase("--seed", "x", "whole number")]
    [TestCase("--threads", "0", "at least 1")]
    [TestCase("--threads", "many", "at least 1, or auto")]
    [TestCase("--device", "gpu", "auto, cpu, cuda, or cuda:N")]
    [TestCase("--device", "cuda:99", "torch finds")]
    [TestCase("--precision", "half", "float32, bfloat16")]
    [TestCase("--weighting", "best", "ilt, equal, mtu, dwa, gls, rlw, imtl-l, log, gradnorm, famo, stch, excess, dp.")]
    [TestCase("--weighting", "best:alpha=1", "expected one of ilt, equal")]
    [TestCase("--weighting", "gradnorm:beta=1", "has no option 'beta'; it has alpha=1.5,step=0.025.")]
    [TestCase("--weighting", "gradnorm:alpha", "expected alpha=NUMBER")]
    [TestCase("--weighting", "gradnorm:alpha=1,5", "has no option '5'")]
    [TestCase("--weighting", "gradnorm:alpha=-1", "Alpha must be a finite number of at least 0; found -1.")]
    [TestCase("--weighting", "gradnorm:alpha=1,alpha=2", "given twice")]
    [TestCase("--weighting", "stch:warmup=1.5", "a whole number; found 1.5")]
    [TestCase("--weighting", "equal:alpha=1", "'equal' has no options of this form; found 'alpha=1'")]
    [TestCase("--validation", "1.5", "share of the rows")]
    [TestCase("--validation", "absent.csv", "no such file")]
    [TestCase("--bogus", "1", "--bogus")]
    [TestCase("--task", "kind", "NAME=KIND:COLUMN")]
    public void Flag_BadOption_NamesItAndWhatIsExpected(string option, string value, string expected) =>
        Assert.That(Flag(Good, "--task", Kind, option, value), Does.Contain(option is "--validation" && value.Contains("csv") ? value : option).And.Contain(expected));

    [Test]
    public void Flag_WithoutTask_AsksForOne() =>
        Assert.That(Flag(Good), Does.Contain("--task"));

    [Test]
    public void NoCommand_ListsThem() =>
        Assert.That(CliRun.Refused(), Does.Contain("audit, flag, report, resume, corrupt, evaluate, fix, predict, export, experiment, demo"));

    [Test]
    public void UnknownCommandOrOption_ProposesTheNearest()
    {
        Assert.That(CliRun.Refused("flagg", "t.csv"), Does.Contain("no command 'flagg'").And.Contain("did you mean 'flag'?"));
        Assert.That(CliRun.Refused("flag", "--epoch", "3", "t.csv"), Does.Contain("no option '--epoch'").And.Contain("did you mean '--epochs'?"));
    }

    [Test]
    public void Flag_ValidationWithoutAColumn_NamesIt()
    {
        var other = folder.Write("v.csv", "id,kind,size\na,u,1\nb,v,2\n");

        Assert.That(Flag(Good, "--task", Kind, "--id", "id", "--validation", other), Does.Contain("--validation").And.Contain("no column 'x'"));
    }

    [Test]
    public void Flag_ValidationFileLacksAComponent_NamesIt()
    {
        var other = folder.Write("v.csv", "a,y1\n1,2\n2,3\n");

        Assert.That(Flag("a,y1,y2\n1,2,3\n2,3,5\n3,5,9\n", "--task", "y=regression:y*", "--validation", other), Does.Contain("no column 'y2'").And.Contain("v.csv"));
    }

    [Test]
    public void Flag_NoRowToSetAside_SaysWhy() =>
        Assert.That(Flag("a,k\n1,u\n2,u\n3,v\n4,v\n", "--task", "k=class:k", "--validation", "0.5"), Does.Contain("--validation").And.Contain("give more rows"));

    private string Flag(string text, params string[] options) => Refused(["flag", folder.Write("t.csv", text), .. options]);

    private string Refused(params string[] args) => CliRun.Refused([.. args, "--out", folder["out"]]);
}
