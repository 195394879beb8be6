namespace Ilt.Experiments.Tests;

/// <summary>Tables of figures that are known.</summary>
public class TableTests
{
    private const string Experiment = """
        {
          "title": "t",
          "data": [{ "generator": "made-table", "name": "a", "group": "tuning" }, { "generator": "made-table", "name": "b", "options": { "classes": 3 } }],
          "corruptions": ["clean", { "kind": "flip", "levels": [0.1, 0.4] }],
          "weightings": ["ilt", "equal"], "seeds": [1, 2, 3],
          "tables": [TABLE]
        }
        """;

    [Test]
    public void Means_AreOfSeedsWithTheBestBold()
    {
        var table = Make("""{ "name": "x", "measure": "ap", "rows": ["data", "level"] }""", (cell, _) => [new Measured("s", "kind", "ap", Value(cell))]);
        Assert.That(table.Head, Is.EqualTo(new[] { "data", "level", "ilt:s", "equal:s" }));
        Assert.That(table.ToMarkdown(), Does.Contain("| a | 10 % | **0.620 ± 0.010** | 0.520 ± 0.010 |").And.Contain("| b | 40 % | **0.920 ± 0.010** | 0.820 ± 0.010 |"));
        Assert.That(table.ToMarkdown(), Does.Contain("With fewer than 6 pairs no difference can be significant."));
        Assert.That(table.ToCsv(), Does.Contain("a,10 %,0.620 ± 0.010,0.520 ± 0.010\n"));
        Assert.That(table.ToLatex(), Does.Contain(@"a & 10 \% & \textbf{0.620 $\pm$ 0.010} & 0.520 $\pm$ 0.010 \\"));
    }

    [Test]
    public void Means_OverBothSets_AreSignificant()
    {
        // 2 sets x 3 seeds: six pairs with one sign have the two-sided p of 2 / 64.
        var table = Make("""{ "name": "x", "measure": "ap", "rows": ["corruption"] }""", (cell, _) => [new Measured("s", "kind", "ap", Value(cell))]);
        Assert.That(table.ToMarkdown(), Does.Contain(@"**0.770 ± 0.010 \***").And.Contain("over 6 pairs of data set and seed"));
    }

    [Test]
    public void Means_Groups_AddRowsAtTheEnd()
    {
        var table = Make("""{ "name": "x", "measure": "ap", "rows": ["data"], "groups": true, "where": { "level": 0.1 } }""", (cell, _) => [new Measured("s", "kind", "ap", Value(cell))]);
        Assert.That(table.Rows.Select(row => row[0].Text), Is.EqualTo(new[] { "a", "b", "tuning", "all" }));
        Assert.That((table.Rows[2][1].Text, table.Rows[3][1].Text), Is.EqualTo(("0.620 ± 0.010", "0.620 ± 0.010 *")), "six pairs of all sets are enough, three of the tuning ones are not");
    }

    [Test]
    public void Means_RelativeToCleanLabels_DivideBySeed()
    {
        var table = Make("""{ "name": "x", "measure": "error", "rows": ["data"], "relativeTo": { "corruption": "clean", "method": "equal" }, "where": { "corruption": "flip" } }""",
            (cell, _) => [new Measured("", "kind", "error", cell.Corruption.Name == "clean" ? cell.Seed : 2 * cell.Seed * (cell.Method.Name == "ilt" ? 1 : 2))]);
        Assert.That(table.Rows[0].Select(cell => cell.Text), Is.EqualTo(new[] { "a", "2.000 ± 0.000", "4.000 ± 0.000" }));
        Assert.That(table.Rows[0][1].Bold, "of errors the lower is the better one");
    }

    [Test]
    public void Wins_TieWithinTheDeviationOfTheDifferences()
    {
        // a, 10 %: +.1 every time, a win. a, 40 %: +.1, -.1, +.1, a tie. b: -.2 every time, losses.
        var table = Make("""{ "name": "x", "kind": "wins", "method": "ilt:s", "groups": true }""", (cell, _) => [new Measured("s", "kind", "ap", 0.5 + (cell.Method.Name == "equal" ? 0
            : cell.Data.Name == "b" ? -0.2 : cell.Level == 0.4 && cell.Seed == 2 ? -0.1 : 0.1))]);
        Assert.That(table.Head, Is.EqualTo(new[] { "ilt:s against", "tuning", "all" }));
        Assert.That(table.Rows[0].Select(cell => cell.Text), Is.EqualTo(new[] { "equal:s", "1 / 1 / 0", "1 / 1 / 2" }));
        Assert.That(table.Rows[1].Select(cell => cell.Text), Is.EqualTo(new[] { "the best of the others", "1 / 1 / 0", "1 / 1 / 2" }));
        var matrix = Make("""{ "name": "x", "kind": "wins" }""", (cell, _) => [new Measured("s", "kind", "ap", cell.Method.Name == "ilt" ? 1 : 0)]);
        Assert.That(matrix.Rows.Select(row => string.Join('|', row.Select(cell => cell.Text))), Is.EqualTo(new[] { "ilt:s||4 / 0 / 0", "equal:s|0 / 0 / 4|" }));
    }

    [Test]
    public void DeltaM_TurnsTheSignOfErrors()
    {
        // errors .5 -> .4 (better by 20 %) and 2 -> 2.2 (worse by 10 %): 5 % better in the mean.
        var table = Make("""{ "name": "x", "kind": "delta-m", "method": "equal", "rows": ["data"], "where": { "corruption": "clean" } }""",
            (cell, _) => [new Measured("", "kind", "error", cell.Method.Name == "ilt" ? 0.4 : 0.5), new Measured("", "size", "error", cell.Method.Name == "ilt" ? 2.2 : 2)]);
        Assert.That(table.Rows[0].Select(cell => cell.Text), Is.EqualTo(new[] { "a", "+5.0 ± 0.0" }));
        Assert.That(table.Notes.Single(), Does.Contain("positive is better"));
        Assert.That(DeltaTable.Of([DeltaTable.Change(0.8, 0.5, higherIsBetter: true), DeltaTable.Change(3, 2, higherIsBetter: false)]), Is.EqualTo(5).Within(1e-9));
    }

    [Test]
    public void Cost_IsInFits()
    {
        var table = Make("""{ "name": "x", "kind": "cost" }""", (_, _) => []);
        Assert.That(table.Rows.Select(row => $"{row[0].Text} {row[1].Text}"), Is.EqualTo(new[] { "ilt 3", "equal 3" }));
    }

    [Test]
    public void Paper_StandsBeside()
    {
        var table = Make("""{ "name": "x", "measure": "ap", "rows": ["method"], "columns": ["corruption"], "paper": { "ilt:s": { "flip": "97.8" } } }""", (cell, _) => [new Measured("s", "kind", "ap", Value(cell))]);
        Assert.That(table.Rows[0][^1].Text, Does.EndWith(" [97.8]"));
        Assert.That(table.Notes[0], Does.Contain("In brackets: the paper's"));
    }

    private static double Value(Cell cell) => (cell.Level == 0.4 ? 0.8 : 0.5) + (0.01 * cell.Seed) + (cell.Method.Name == "ilt" ? 0.1 : 0);

    private static TableText Make(string table, Func<Cell, int, IReadOnlyList<Measured>> measure)
    {
        var text = Experiment.Replace("TABLE", table);
        var results = SmallExperiment.Cells(text).Select((cell, i) => (cell, new CellResult { Cell = "", Identity = "", Fits = 3, Measured = cell.Corruption.Kind == "clean" && !table.Contains("error") && !table.Contains("delta-m") ? [] : measure(cell, i) })).ToList();
        return new TableMaker(results).Make(SmallExperiment.Parse(text).Tables.Single());
    }
}
