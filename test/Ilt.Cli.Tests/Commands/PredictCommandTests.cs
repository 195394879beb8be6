using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class PredictCommandTests
{
    private static readonly string[] Tasks = ["--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--task", "both=regression:size,weight"];

    private TempFolder folder = null!;
    private string model = null!;
    private string data = null!;

    [OneTimeSetUp]
    public void Train()
    {
        folder = new TempFolder();
        data = folder.Write("t.csv", SmallTable.Csv());
        CliRun.Done(SmallTable.Quick(["flag", data, .. Tasks, "--id", "id", "--out", folder["out"]]));
        model = Path.Combine(folder["out"], "model.zip");
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Predict_TrainingTable_AgreesWithThePredictedLabels()
    {
        CliRun.Done("predict", model, data, "--out", folder["p.csv"]);

        var table = TableReader.Read(folder["p.csv"]);
        Assert.That(table.Names, Is.EqualTo(new[] { "id", "kind", "kind.small", "kind.big", "size", "both.size", "both.weight" }).Or.EqualTo(new[] { "id", "kind", "kind.big", "kind.small", "size", "both.size", "both.weight" }));
        var expected = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")).ToDictionary(r => (r.Id, r.Task), r => r.PredictedLabel);
        for (var row = 0; row < table.RowCount; row++)
        {
            var id = table.Columns[0][row];
            Assert.That(table.Column("kind", "")[row], Is.EqualTo(expected[(id, "kind")]));
            Assert.That(float.Parse(table.Column("size", "")[row]), Is.EqualTo(float.Parse(expected[(id, "size")])).Within(1e-4));
            Assert.That(table.Column("kind.big", "").ToNumbers("")[row] + table.Column("kind.small", "").ToNumbers("")[row], Is.EqualTo(1).Within(1e-5));
        }
    }

    [Test]
    public void Predict_WithoutLabelsAndId_NumbersTheRows()
    {
        var rows = SmallTable.Csv().TrimEnd().Split('\n').Select(line => string.Join(',', line.Split(',')[1..4])).ToArray();
        var data = folder.Write("features.csv", string.Join('\n', rows) + "\n");

        CliRun.Done("predict", model, this.data, "--out", folder["with.csv"]);
        var output = CliRun.Done("predict", model, data, "--out", folder["without.csv"]);
        Assert.That(output, Does.Contain("note: ").And.Contain("no column 'id'"));

        var with = File.ReadLines(folder["with.csv"]).Skip(1).Select(line => line[line.IndexOf(',')..]);
        var without = File.ReadLines(folder["without.csv"]).Skip(1).ToArray();
        Assert.That(without.Select(line => line[line.IndexOf(',')..]), Is.EqualTo(with));
        Assert.That(without.Select(line => line[..line.IndexOf(',')]), Is.EqualTo(Enumerable.Range(1, 120).Select(i => $"{i}")));
    }

    [Test]
    public void Predict_IdsTwiceOrEmpty_NumbersTheRowsUnlessAskedForTheColumn()
    {
        var twice = folder.Write("twice.csv", "id,x1,x2,colour\na,0.1,0.5,red\na,0.2,0.5,red\n");
        var empty = folder.Write("empty.csv", "id,x1,x2,colour\na,0.1,0.5,red\n,0.2,0.5,red\n");

        Assert.That(CliRun.Done("predict", model, twice, "--out", folder["twice-p.csv"]), Does.Contain("note: ").And.Contain("'a' in column 'id' twice, on lines 2 and 3"));
        Assert.That(CliRun.Done("predict", model, empty, "--out", folder["empty-p.csv"]), Does.Contain("note: ").And.Contain("the id is empty"));
        foreach (var file in new[] { "twice-p.csv", "empty-p.csv" })
            Assert.That(File.ReadLines(folder[file]).Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(CliRun.Refused("predict", model, twice, "--id", "id", "--out", folder["q.csv"]), Does.Contain("--id").And.Contain("leave --id out"));
    }

    [Test]
    public void Predict_TwoColumnsOfOneName_IsRefused()
    {
        CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--task", "kind.big=regression:size", "--id", "id", "--out", folder["same"]));

        Assert.That(CliRun.Refused("predict", Path.Combine(folder["same"], "model.zip"), data, "--out", folder["q.csv"]), Does.Contain("'kind.big'").And.Contain("other task names"));
        Assert.That(File.Exists(folder["q.csv"]), Is.False);
    }

    [Test]
    public void Predict_UnknownCategoryAndMissingNumber_StillPredicts()
    {
        var data = folder.Write("odd.csv", "x1,x2,colour\n,0.5,green\n0.5,NA,\n");

        CliRun.Done("predict", model, data, "--out", folder["odd-p.csv"]);

        Assert.That(TableReader.Read(folder["odd-p.csv"]).Column("size", "").ToNumbers(""), Has.None.NaN);
    }

    [Test]
    public void Predict_CellsThatAreMissingOrFarOutside_AreCountedByColumn()
    {
        var data = folder.Write("far.csv", "x1,x2,colour\nNA,0.5,red\n,1.7,red\n999999,0.1,\n1e30,-0.8,blue\n-7,0.2,red\n0.3,0.5,red\n");
        using var held = Ilt.Cli.Pipeline.SavedModel.Load(model);
        var x1 = held.Reading!.Columns.Single(column => column.Name == "x1").Trained!;
        var numbers = TableReader.Read(this.data).Column("x1", "").ToNumbers("");

        var output = CliRun.Done("predict", model, data, "--out", folder["far-p.csv"]);

        Assert.That((x1.Missing, x1.Low, x1.High), Is.EqualTo((0, (double?)numbers.Min(), (double?)numbers.Max())));
        Assert.That(x1.Mean, Is.EqualTo(numbers.Average(number => (double)number)).Within(1e-9));
        Assert.That(output, Does.Contain(FormattableString.Invariant(
            $"note: column 'x1': 2 of 6 cells are missing, and none was in training; the model puts the mean of the training there, {x1.Mean:G6}. 3 of 6 cells lie far outside of those trained on, {x1.Low:G6} to {x1.High:G6}, the farthest is '1e30' on line 5;")));
        Assert.That(output, Does.Contain("note: column 'colour': 1 of 6 cells is missing, and none was in training; such a row is predicted without it."));
        Assert.That(output, Does.Not.Contain("'x2'"), "1.7 and -0.8 are nearer than the range is wide");
        var mean = folder.Write("mean.csv", FormattableString.Invariant($"x1,x2,colour\n,0.5,red\n{x1.Mean},0.5,red\n"));
        CliRun.Done("predict", model, mean, "--out", folder["mean-p.csv"]);
        var sizes = TableReader.Read(folder["mean-p.csv"]).Column("size", "").ToNumbers("");
        Assert.That(sizes[0], Is.EqualTo(sizes[1]).Within(1e-5), "the mean is what the model puts there");
        Assert.That(CliRun.Done("predict", model, this.data, "--out", folder["near-p.csv"]), Does.Not.Contain("note: column"));
    }

    [Test]
    public void Predict_ColumnsNamedAsOursAre_PredictsTheTasksOnly()
    {
        var data = folder.Write("names.csv", SmallTable.Csv().Replace("id,x1,x2,colour", "Features,x1.Score,x2,colour.Score"));

        CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.SizeTask, "--id", "Features", "--out", folder["names"]));
        CliRun.Done("predict", Path.Combine(folder["names"], "model.zip"), data, "--out", folder["names-p.csv"]);

        var table = TableReader.Read(folder["names-p.csv"]);
        Assert.That(table.Names, Is.EqualTo(new[] { "id", "size" }));
        Assert.That(table.Columns[0][0], Is.EqualTo("row1"));
    }

    [Test]
    public void Predict_OntoTheTableRead_IsRefused()
    {
        Assert.That(CliRun.Refused("predict", model, data, "--out", data), Does.Contain("--out").And.Contain("name another"));
        Assert.That(File.ReadAllText(data), Is.EqualTo(SmallTable.Csv()));
    }

    [Test]
    public void Predict_FeatureAbsent_ProposesTheNearest()
    {
        var data = folder.Write("absent.csv", "x1,X2,colour\n1,2,red\n2,3,blue\n");

        Assert.That(CliRun.Refused("predict", model, data, "--out", folder["q.csv"]), Does.Contain("no column 'x2'").And.Contain("if 'X2' is it, rename it"));
        Assert.That(File.Exists(folder["q.csv"]), Is.False);
    }

    [Test]
    public void Predict_FeaturesAbsent_NamesAll_AndProposesNoneThatTheModelReadsAsItself()
    {
        var data = folder.Write("absent.csv", "x1,more\n1,2\n2,3\n");

        Assert.That(CliRun.Refused("predict", model, data, "--out", folder["q.csv"]),
            Does.Contain("no column 'x2' and 1 other(s) ('colour')").And.Contain("add it; columns that the model does not read are: more").And.Not.Contain("'x1'"));
    }

    [Test]
    public void Predict_FeatureAbsent_ProposesNeitherIdNorLabelNorWhatIsNothingLikeIt()
    {
        var data = folder.Write("absent.csv", "id,x1,colour,size\na,1,red,2\nb,2,red,3\n");
        var other = folder.Write("other.csv", "id,x1,q7,size\na,1,red,2\nb,2,red,3\n");

        Assert.That(CliRun.Refused("predict", model, data, "--out", folder["q.csv"]), Does.Contain("add it; the table has: id, x1, colour, size.").And.Not.Contain("rename"));
        Assert.That(CliRun.Refused("predict", model, other, "--out", folder["q.csv"]), Does.Contain("columns that the model does not read are: q7.").And.Not.Contain("rename"));
    }

    [Test]
    public void Predict_NoModel_SaysWhatIsExpected()
    {
        var text = folder.Write("no.zip", "this is no model");

        Assert.That(CliRun.Refused("predict", text, data, "--out", folder["q.csv"]), Does.Contain("give a model.zip that ilt flag wrote"));
        Assert.That(CliRun.Refused("predict", folder["absent.zip"], data, "--out", folder["q.csv"]), Does.Contain("no such file"));
    }
}
