using CsCheck;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class CsvSafeTests
{
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+49 30", "'+49 30")]
    [TestCase("-x", "'-x")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\tx", "'\tx")]
    [TestCase("\rx", "'\rx")]
    [TestCase("'=x", "''=x")]
    [TestCase("-0.5", "-0.5")]
    [TestCase("+1e-3", "+1e-3")]
    [TestCase("it's", "it's")]
    [TestCase("'quoted'", "'quoted'")]
    [TestCase("", "")]
    public void Escape_PutsAnApostropheBeforeFormulasOnly(string cell, string expected) => Assert.That(CsvSafe.Escape(cell), Is.EqualTo(expected));

    [Test]
    public void Undo_AfterEscape_GivesEveryCellBack()
    {
        var files = Gen.String[Gen.Char["=+-@'\t\r1.ea "], 0, 6].List[1, 8];
        for (var number = 0u; number < 20_000; number++)
        {
            var cells = files.Generate(new PCG(number, 7), null, out _);
            var written = cells.ConvertAll(CsvSafe.Escape);
            Assert.That(written.ConvertAll(cell => CsvSafe.Undo(written)(cell)), Is.EqualTo(cells));
        }
    }

    [Test]
    public void Undo_AFileWrittenWithout_ChangesNothing()
    {
        string[] cells = ["'=x", "=y", "-1"];
        Assert.That(cells.Select(CsvSafe.Undo(cells)), Is.EqualTo(cells));
    }

    [Test]
    public void Flag_CsvSafe_WritesNoFormulasAndEvaluateReadsBothWays([Values] bool safeScores, [Values] bool safeTruth)
    {
        using var folder = new TempFolder();
        var data = folder.Write("t.csv", SmallTable.Csv().Replace("\nrow", "\n=row").Replace(",big,", ",@big,"));
        string[] id = ["--id", "id"];
        CliRun.Done(["corrupt", data, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.2", .. id, "--out", folder["wrong.csv"], "--truth", folder["truth.csv"], .. safeTruth ? new[] { "--csv-safe" } : []]);
        CliRun.Done(SmallTable.Quick(["flag", folder["wrong.csv"], "--task", SmallTable.KindTask, .. id, "--ignore", "weight,size", "--out", folder["out"], .. safeScores ? new[] { "--csv-safe" } : []]));
        var lines = File.ReadAllLines(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(lines.Skip(1).All(line => line.StartsWith(safeScores ? "'=row" : "=row", StringComparison.Ordinal)));
        Assert.That(lines.Skip(1).All(line => safeScores == line.Contains(",'@big") || !line.Contains("@big")));
        Assert.That(lines.Skip(1).All(line => float.TryParse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture, out _)), "numbers stay numbers, negative ones too");
        Assert.That(CliRun.Done("evaluate", Path.Combine(folder["out"], "noise-scores.csv"), "--truth", folder["truth.csv"]), Does.Contain("kind").And.Contain("24"));
    }

    [Test]
    public void Predict_CsvSafe_WritesNoFormulas()
    {
        using var folder = new TempFolder();
        var data = folder.Write("t.csv", SmallTable.Csv().Replace(",big,", ",=big,"));
        CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--ignore", "weight,size", "--out", folder["out"]));
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), data, "--out", folder["p.csv"], "--csv-safe");
        Assert.That(File.ReadAllText(folder["p.csv"]), Does.Contain(",'=big,").And.Not.Contain(",=big,"));
    }
}
