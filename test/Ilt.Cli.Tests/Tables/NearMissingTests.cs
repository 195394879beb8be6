using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class NearMissingTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("NONE")]
    [TestCase("none")]
    [TestCase("nil")]
    [TestCase("Nan")]
    [TestCase("N.A.")]
    [TestCase("n. a.")]
    [TestCase("(missing)")]
    [TestCase("Unknown")]
    [TestCase("<nil>")]
    [TestCase("-")]
    [TestCase("--")]
    [TestCase("\u2014")]
    [TestCase("??")]
    public void Is_LikeAWordForMissing_IsFound(string text) => Assert.That(NearMissing.Is(text));

    [TestCase("name")]
    [TestCase("value")]
    [TestCase("num")]
    [TestCase("a")]
    [TestCase("nil by mouth")]
    [TestCase("+")]
    [TestCase("")]
    [TestCase("0")]
    [TestCase("-----")]
    public void Is_AnyOther_IsNot(string text) => Assert.That(NearMissing.Is(text), Is.False);

    [Test]
    public void Note_CountsByColumn_AndGivesTheWholeOption()
    {
        var note = Note("a,b\nred,x\nNONE,nil\n-,y\nNONE,nil\nNone,z\n");

        Assert.That(note, Is.EqualTo("like words for missing cells, and taken as values: 'NONE' (2 in a), 'nil' (2 in b), '-' (1 in a); if they mean missing, say --missing "
            + "'?,NA,N/A,#N/A,#NA,<NA>,null,NaT,#DIV/0!,#VALUE!,#REF!,#NAME?,#NUM!,#NULL!,None,nan,-nan,nil,-'."), "NONE is None whatever its case");
    }

    [Test]
    public void Note_WordsNamedOrSaidOtherwise_IsNotThere()
    {
        Assert.That(Note("a,b\nred,x\nNONE,y\n", new ReadingOptions { Missing = MissingWords.Of(["NA"]) }), Is.Null);
        Assert.That(Note("a,b\n+,1\n-,2\n+,3\n"), Is.Null, "a minus beside a plus");
        Assert.That(Note("a,b\nEU,1\nNA,2\nAS,3\n"), Is.Null, "has a note of its own");
        Assert.That(Note("a,b\n1,1\nNA,2\n?,3\n"), Is.Null, "missing");
        Assert.That(Note("a,b\nred,1\n\"NA\",2\nblue,3\n"), Does.Contain("'NA' (1 in a)"), "a value, for it stands in quotes");
    }

    private string? Note(string text, ReadingOptions? options = null)
    {
        var table = TableReader.Read(folder.Write("t.csv", text), options);
        var note = TableNotes.Of(table, table.Columns).SingleOrDefault(note => note.StartsWith("like words", StringComparison.Ordinal));
        Assert.That(note, Is.EqualTo(NearMissing.Note(table, table.Columns)));
        return note;
    }
}
