using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

/// <summary>What columns are, and which cells are missing.</summary>
public sealed class ReadingTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("nan")]
    [TestCase("None")]
    [TestCase("#N/A")]
    [TestCase("<NA>")]
    [TestCase("NULL")]
    public void Read_WordForMissingAmongTexts_IsMissingAndCounted(string word)
    {
        var table = Table($"a,b\nred,1\n{word},2\nblue,3\n{word},4\n");

        Assert.That(table.Columns[0].MissingCount, Is.EqualTo(2));
        Assert.That(TableNotes.Of(table, table.Columns), Has.Some.EqualTo($"taken as missing: '{word}' (2 in a); --missing names other words."));
    }

    [Test]
    public void Read_QuotedWord_IsAValue()
    {
        var table = Table("a,b\n\"EU west\",1\n\"NA\",2\nNA,3\n\"\",4\n");

        Assert.That(Enumerable.Range(0, 4).Select(table.Columns[0].IsMissing), Is.EqualTo(new[] { false, false, true, true }));
    }

    [Test]
    public void Read_QuotedWordAmongNumbers_IsMissing() =>
        Assert.That(Table("a,b\n\"1\",x\n\"NA\",y\n\"2\",z\n").Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1f, float.NaN, 2f }));

    [Test]
    public void Read_WordThatLooksLikeTheOthers_IsAValueAndSaysSo()
    {
        var table = Table("a,b\nEU,1\nNA,2\nAS,3\n");

        Assert.That(table.Columns[0].MissingCount, Is.Zero);
        Assert.That(TableNotes.Of(table, table.Columns), Has.Some.Contain("'NA' is taken as a value like the others"));
        Assert.That(Table("a,b\nEU,1\nNA,2\nAS,3\n", new ReadingOptions { Missing = MissingWords.Of(["NA"]) }).Columns[0].MissingCount, Is.EqualTo(1));
    }

    [Test]
    public void Read_MissingTold_ReplacesTheWordsInQuotesToo()
    {
        var options = new ReadingOptions { Missing = MissingWords.Of(["-999", "nan"]) };
        var table = Table("a,b,c\n1,x,nan\n-999,\"nan\",2\n3,NA,3\n", options);

        Assert.That(table.Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1f, float.NaN, 3f }));
        Assert.That(Enumerable.Range(0, 3).Select(table.Columns[1].IsMissing), Is.EqualTo(new[] { false, true, false }));
        Assert.That(table.Columns[2].ToNumbers(""), Is.EqualTo(new[] { float.NaN, 2f, 3f }), "also not a number");
    }

    [Test]
    public void Read_LeadingZeros_AreCodes()
    {
        var table = Table("zip,b\n01067,1\n10115,2\n01067,3\n");

        Assert.That(table.Columns[0].Kind, Is.EqualTo(ColumnKind.Text));
        Assert.That(table.Columns[0].Notes.Single(), Does.Contain("'01067'").And.Contain("--numbers \"zip\""));
        Assert.That(Table("zip,b\n01067,1\n10115,2\n", new ReadingOptions { Numbers = ["zip"] }).Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1067f, 10115f }));
    }

    [Test]
    public void Read_CategoriesTold_NameNumbersByValue()
    {
        var column = Table("a,b\n7,1\n7.0,2\n8,3\n", new ReadingOptions { Categories = ["*a"] }).Columns[0];

        Assert.That(column.Kind, Is.EqualTo(ColumnKind.Text));
        Assert.That(Enumerable.Range(0, 3).Select(column.Category), Is.EqualTo(new[] { "7", "7", "8" }));
    }

    [Test]
    public void ToNumbers_SignsAlone_AreCountedAndMayBeMissing()
    {
        const string Text = "a,b\n1.5,x\n-,y\n2.5,x\n -,x\n4 ?,x\n";
        string Error(string text) => Assert.Throws<UserErrorException>(() => Table(text).Columns[0].ToNumbers("this"))!.Message;

        Assert.That(Error(Text), Does.Contain("line 3, column 'a': '-' is no number").And.Contain("leave it empty; 2 cells have it; if it means a missing one say --missing '?,NA,").And.EndWith(",-'."));
        Assert.That(Error(Text.Replace("-,", "2,")), Does.EndWith("leave it empty."), "4 ? holds a digit");
        Assert.That(Table(Text.Replace("4 ?", "4"), new ReadingOptions { Missing = MissingWords.Of(["?", "NA", "-"]) }).Columns[0].ToNumbers("this"), Is.EqualTo(new[] { 1.5f, float.NaN, 2.5f, float.NaN, 4f }));
    }

    [Test]
    public void Read_NegativeNumbersAsAccountantsWriteThem_AreCountedAndKeptForOtherTables()
    {
        var column = Table("a,b\n5.0,x\n(1.5),y\n(2),x\nNA,x\n(1.5),x\n").Columns[0];
        var other = TableReader.Read(folder.Write("n.csv", "a,b\n(7),x\n-8,y\n"), known: Table("a,b\n5.0,x\n(1.5),y\n").Reading).Columns[0];

        Assert.That(column.ToNumbers("this"), Is.EqualTo(new[] { 5f, -1.5f, -2f, float.NaN, -1.5f }));
        Assert.That(column.Notes.Single(), Is.EqualTo("column 'a': 3 numbers in brackets ('(1.5)') are taken as negative; --categories \"a\" takes the texts as they are."));
        Assert.That(TableNotes.Of(Table("a,b\n5.0,x\n(1.5),y\n"), [column]), Has.Some.Contain("brackets around negative numbers in a: '(1.5)' is -1.5"));
        Assert.That(other.ToNumbers("this"), Is.EqualTo(new[] { -7f, -8f }));
        Assert.That(Table("a,b\n5.0,x\n1.5-,y\n").Columns[0].Notes.Single(), Does.Contain("1 number with a minus behind ('1.5-') is taken as negative"));
    }

    [Test]
    public void NumberFormat_WithBrackets_ComesBackFromJson()
    {
        var format = NumberFormat.Plain with { Negative = NegativeSign.Brackets };
        string Json(NumberFormat value) => System.Text.Json.JsonSerializer.Serialize(value);

        Assert.That(System.Text.Json.JsonSerializer.Deserialize<NumberFormat>(Json(format)), Is.EqualTo(format));
        Assert.That(Json(NumberFormat.Plain), Does.Not.Contain("Negative"), "models read as before");
    }

    [TestCase("--numbers", "a", "no column 'a'")]
    [TestCase("--dates", "w", "no dates of one known form")]
    public void Read_ToldWhatIsNot_IsRefused(string option, string name, string expected)
    {
        var options = option == "--numbers" ? new ReadingOptions { Numbers = [name] } : new ReadingOptions { Dates = [name] };

        Assert.That(Assert.Throws<UserErrorException>(() => Table("w,b\nx,1\ny,2\n", options))!.Message, Does.Contain(option).And.Contain(expected));
    }

    [TestCase("2024-01-02|2024-12-31", "yyyy-MM-dd")]
    [TestCase("31.12.2024|1.2.2024", "d.M.yyyy")]
    [TestCase("31/12/2024|01/02/2024", "d/M/yyyy")]
    [TestCase("12/31/2024|01/02/2024", "M/d/yyyy")]
    [TestCase("2024-01-02 10:00:00|2024-12-31 23:59:01", "yyyy-MM-dd H:mm:ss")]
    [TestCase("2024-01-02T10:00:00Z|2024-12-31T23:59:01Z", "yyyy-MM-dd'T'H:mm:ssK")]
    [TestCase("2 Jan 2024|31 Dec 2024", "d MMM yyyy")]
    public void Read_Dates_AreFoundByTheirForm(string cells, string format)
    {
        var column = Table("a;z\n" + string.Concat(cells.Split('|').Select(cell => $"{cell};x\n"))).Columns[0];

        Assert.That((column.Kind, DateOf(column, 1).Year), Is.EqualTo((ColumnKind.Date, 2024)));
        Assert.That(column.Reading.DateFormat!.Replace(".FFFFFFFK", "K"), Is.EqualTo(format));
    }

    [Test]
    public void Read_DayOrMonthFirst_IsToldOrText()
    {
        const string Text = "a;z\n01/02/2024;x\n03/04/2024;y\n";

        Assert.That(Table(Text).Columns[0].Kind, Is.EqualTo(ColumnKind.Text));
        Assert.That(Table(Text).Columns[0].Notes.Single(), Does.Contain("--dates \"a=d/M/yyyy\" or --dates \"a=M/d/yyyy\""));
        Assert.That(DateOf(Table(Text, new ReadingOptions { Dates = ["a=MM/dd/yyyy"] }).Columns[0], 1), Is.EqualTo(new DateTime(2024, 3, 4)));
    }

    [Test]
    public void Read_KnownReading_CountsForAnotherTable()
    {
        var first = Table("a;b\n7,0;x\n8,5;y\n9,5;z\n");
        var second = TableReader.Read(folder.Write("n.csv", "a;c\n4,2;1\n11,5;2\n"), known: first.Reading);

        Assert.That(second.Columns[0].ToNumbers(""), Is.EqualTo(new[] { 4.2f, 11.5f }));
        var third = TableReader.Read(folder.Write("o.csv", "a;c\n4.2;1\n"), known: first.Reading);
        Assert.That(Assert.Throws<UserErrorException>(() => third.Columns[0].ToNumbers("this"))!.Message, Does.Contain("'4.2' is no number as the column writes them (a decimal comma)"));
    }

    [Test]
    public void Column_NameInAnotherUnicodeForm_IsFound()
    {
        var table = Table("Gro\u0308\u00DFe,b\n1,2\n");

        Assert.That(table.Contains("Gr\u00F6\u00DFe"));
        Assert.That(table.Column("Gr\u00F6\u00DFe", "").Name, Is.EqualTo("Gro\u0308\u00DFe"), "the file's own");
        Assert.That(Assert.Throws<UserErrorException>(() => Table("o\u0308,\u00F6\n1,2\n"))!.Message, Does.Contain("columns 1 and 2"));
    }

    [TestCase("utf-32")]
    [TestCase("utf-32BE")]
    public void Read_Utf32_IsNamedWithTheCure(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var error = Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("a,b\n1,2\n")])))!;
        Assert.That(error.Message, Does.Contain("UTF-32").And.Contain("iconv -f UTF-32"));
    }

    [TestCase("utf-16", "UTF-16LE")]
    [TestCase("utf-16BE", "UTF-16BE")]
    [TestCase("utf-32", "UTF-32LE")]
    [TestCase("utf-32BE", "UTF-32BE")]
    public void Read_WideTextWithoutMark_IsGuessedWithTheCure(string name, string expected)
    {
        var bytes = Encoding.GetEncoding(name).GetBytes("a,b\n\u043A\u0440\u0430\u0441\u043D\u044B\u0439,2\n\u20AC3,4\n");

        Assert.That(Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", bytes)))!.Message, Does.Contain($"looks like {expected[..6]} without a byte order mark").And.Contain($"iconv -f {expected} -t UTF-8"));
    }

    [Test]
    public void Read_ZeroBytesOfAnotherKind_IsNoText() => Assert.That(
        Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", [.. "a,b\n1,2\n"u8, 0, 1, 0, 0, 7])))!.Message, Does.Contain("no text file"));

    [Test]
    public void Notes_ManyWordsForMissing_CountsTheRest()
    {
        var table = Table("a,b\nred,1\n?,2\n?,3\nNA,4\nN/A,5\nnull,6\n#N/A,7\nNone,8\nblue,9\n");

        Assert.That(TableNotes.Of(table, table.Columns), Has.Some.EqualTo("taken as missing: '?' (2 in a), 'NA' (1 in a), 'N/A' (1 in a), 'null' (1 in a) and 2 cells of 2 other words; --missing names other words."));
    }

    [Test]
    public void Date_OfAnotherForm_ShowsADateAndNoPattern()
    {
        var column = Table("a;z\n2024-01-02T10:00:00Z;x\n2024-12-31T23:59:01Z;y\n").Columns[0];
        var other = TableReader.Read(folder.Write("o.csv", "a;z\n2.1.2024;x\n"), known: new TableReading(MissingWords.Default, new Dictionary<string, ColumnReading> { ["a"] = column.Reading })).Columns[0];

        var message = Assert.Throws<UserErrorException>(() => other.Date(0))!.Message;
        Assert.That(message, Does.Contain("'2.1.2024' is no date as the column writes them, such as 2024-12-31T18:45:00Z;").And.Not.Contain("yyyy"));
    }

    [Test]
    public void ToNumbers_MarkForMissing_NamesTheOption() => Assert.That(
        Assert.Throws<UserErrorException>(() => Table("a,b\n1,x\n-,y\n").Columns[0].ToNumbers("this"))!.Message, Does.Contain("'-' is no number").And.Contain("--missing '?,NA,").And.Contain(",nan,").And.Contain(",-'"));

    [Test]
    public void Cells_KeepTheirBytes()
    {
        var column = Table("a,b\n r0 ,1\n\" r1 \",2\n\"say \"\"x\"\"\",3\n").Columns[0];

        Assert.That(Enumerable.Range(0, 3).Select(row => column[row]), Is.EqualTo(new[] { " r0 ", " r1 ", "say \"x\"" }));
    }

    private static DateTime DateOf(TableColumn column, int row) => column.Date(row)!.Value;

    private Table Table(string text, ReadingOptions? options = null) => TableReader.Read(folder.Write("t.csv", text), options);
}
