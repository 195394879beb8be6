using Ilt.Detection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>The noise columns and the table of noise scores.</summary>
public sealed class NoiseScoreTests
{
    private static readonly MLContext Ml = new(1);

    [Test]
    public void NoiseScores_WrongLabels_AreFoundPerTask()
    {
        var rows = Sample.Rows(400, seed: 11);
        var (wrongFlags, wrongNumbers) = (Choose(rows.Count, 21), Choose(rows.Count, 22));
        var shift = new Random(23);
        for (var i = 0; i < rows.Count; i++)
        {
            if (wrongFlags[i]) rows[i].Flag = !rows[i].Flag;
            if (wrongNumbers[i]) rows[i].Number += (shift.Next(2) * 2 - 1) * 4;
        }
        using var model = Pipelines.Fit(Ml, rows, Pipelines.AllTasks with { Tasks = [Pipelines.FlagTask, Pipelines.NumberTask] });
        var view = model.Transform(Ml.Data.LoadFromEnumerable(rows));
        var flags = Pipelines.Column<float>(view, "flag.NoiseScore");
        var numbers = Pipelines.Column<float>(view, "number.NoiseScore");
        Assert.Multiple(() =>
        {
            Assert.That(DetectionMetrics.RocAuc(flags, wrongFlags), Is.GreaterThan(0.9));
            Assert.That(DetectionMetrics.RocAuc(numbers, wrongNumbers), Is.GreaterThan(0.9));
            Assert.That(DetectionMetrics.RocAuc(Pipelines.Column<float>(view, "number.LogVariance"), wrongNumbers), Is.GreaterThan(0.9));
            // Controls: a task's score knows nothing of the other task's wrong labels, nor of an arbitrary choice of rows.
            Assert.That(DetectionMetrics.RocAuc(flags, wrongNumbers), Is.EqualTo(0.5).Within(0.1));
            Assert.That(DetectionMetrics.RocAuc(numbers, wrongFlags), Is.EqualTo(0.5).Within(0.1));
            Assert.That(DetectionMetrics.RocAuc(numbers, Choose(rows.Count, 99)), Is.EqualTo(0.5).Within(0.1));
        });
    }

    [Test]
    public void NoiseScores_Table_RanksEveryTaskFromOneByScore()
    {
        var table = SharedModel.Model.LastTransformer.NoiseScores;
        var tasks = Pipelines.Column<string>(table, "Task");
        var ranks = Pipelines.Column<int>(table, "Rank");
        var scores = Pipelines.Column<float>(table, "NoiseScore");
        Assert.That(tasks.Distinct(), Is.EqualTo((string[])["class", "flag", "number", "vector"]));
        foreach (var task in tasks.Distinct())
        {
            var mine = Enumerable.Range(0, tasks.Length).Where(i => tasks[i] == task).ToArray();
            Assert.That(mine.Select(i => ranks[i]), Is.EqualTo(Enumerable.Range(1, SharedModel.Rows.Count)));
            Assert.That(mine.Select(i => scores[i]), Is.Ordered.Descending);
        }
    }

    [Test]
    public void NoiseScores_Table_AgreesWithTheColumnsAndTheLabels()
    {
        var table = SharedModel.Model.LastTransformer.NoiseScores;
        var byId = Ids(table).Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<float>(table, "NoiseScore"))
            .Where(t => t.Second == "number").ToDictionary(t => t.First, t => t.Third);
        var view = SharedModel.OnTraining;
        var column = Pipelines.Column<float>(view, "number.NoiseScore");
        var ids = Ids(view);
        for (var i = 0; i < ids.Length; i++) Assert.That(column[i], Is.EqualTo(byId[ids[i]]), ids[i]);

        var labels = Ids(table).Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<string>(table, "GivenLabel")).ToDictionary(t => (t.First, t.Second), t => t.Third);
        var row = SharedModel.Rows[17];
        Assert.That(labels[(row.Id, "class")], Is.EqualTo(row.Class));
        Assert.That(labels[(row.Id, "flag")], Is.EqualTo(row.Flag ? "true" : "false"));
        Assert.That(labels[(row.Id, "number")], Is.EqualTo(FormattableString.Invariant($"{row.Number}")));
        Assert.That(labels[(row.Id, "vector")], Is.EqualTo(FormattableString.Invariant($"{row.Vector[0]} {row.Vector[1]}")));
    }

    [Test]
    public void NoiseScores_PredictedLabel_IsThePredictionOfTheFinishedModel()
    {
        var table = SharedModel.Model.LastTransformer.NoiseScores;
        var predicted = Ids(table).Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<string>(table, "PredictedLabel")).ToDictionary(t => (t.First, t.Second), t => t.Third);
        var view = SharedModel.OnTraining;
        var numbers = Pipelines.Column<float>(view, "number.Score");
        var ids = Ids(view);
        for (var i = 0; i < ids.Length; i++)
            Assert.That(float.Parse(predicted[(ids[i], "number")], System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(numbers[i]).Within(1e-3));
    }

    [Test]
    public void NoiseColumns_UnknownId_AreNaN()
    {
        Assert.That(Pipelines.Column<float>(SharedModel.OnUnseen, "class.NoiseScore"), Has.All.NaN);
        Assert.That(Pipelines.Column<float>(SharedModel.OnUnseen, "class.LogVariance"), Has.All.NaN);
        Assert.That(Pipelines.Column<float>(SharedModel.OnTraining, "class.NoiseScore"), Has.None.NaN);
    }

    [Test]
    public void NoiseColumns_RowsInOtherOrder_FollowTheIds()
    {
        var backwards = SharedModel.Rows.Reverse().ToList();
        var view = SharedModel.Model.Transform(Ml.Data.LoadFromEnumerable(backwards));
        Assert.That(Pipelines.Column<float>(view, "number.NoiseScore"), Is.EqualTo(Pipelines.Column<float>(SharedModel.OnTraining, "number.NoiseScore").Reverse()));
    }

    [Test]
    public void NoiseColumns_NoIdColumnNamed_AreAbsent()
    {
        using var model = Pipelines.Fit(Ml, SharedModel.Rows.Take(60), Pipelines.AllTasks with { IdColumnName = null, Training = new() { Epochs = 1 } });
        var schema = model.Transform(Ml.Data.LoadFromEnumerable(SharedModel.Rows)).Schema;
        Assert.That(schema.Select(c => c.Name), Has.None.Contains("NoiseScore").And.None.Contains("LogVariance").And.Some.EqualTo("number.Score"));
        Assert.That(Ids(model.LastTransformer.NoiseScores).Distinct(), Is.EquivalentTo(Enumerable.Range(1, 60).Select(i => $"{i}")));
    }

    [Test]
    public void NoiseScores_MissingLabels_AreNeverListed()
    {
        var rows = Sample.Rows(120, seed: 5);
        var missing = Choose(rows.Count, 31);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!missing[i]) continue;
            rows[i].Number = float.NaN;
            rows[i].Vector[i % 2] = float.NaN; // one empty component empties the label
            rows[i].Class = ""; // key 0
        }
        using var model = Pipelines.Fit(Ml, rows, Pipelines.AllTasks with { Training = Pipelines.AllTasks.Training with { Epochs = 3 } });
        var empty = rows.Where((_, i) => missing[i]).Select(r => r.Id).ToHashSet();
        var table = model.LastTransformer.NoiseScores;
        var listed = Ids(table).Zip(Pipelines.Column<string>(table, "Task")).ToList();
        foreach (var task in (string[])["number", "vector", "class"])
            Assert.That(listed.Where(l => l.Second == task).Select(l => l.First), Is.EquivalentTo(rows.Select(r => r.Id).Where(id => !empty.Contains(id))), task);
        Assert.That(listed.Count(l => l.Second == "flag"), Is.EqualTo(rows.Count));
        var view = model.Transform(Ml.Data.LoadFromEnumerable(rows));
        Assert.That(Pipelines.Column<float>(view, "number.NoiseScore").Select(float.IsNaN), Is.EqualTo(missing));
        Assert.That(Pipelines.Column<float>(view, "number.Score"), Has.None.NaN, "a row without a label is predicted all the same");
    }

    [Test]
    public void ValidationFraction_RowsKeptOut_HaveNoNoiseScore()
    {
        var options = Pipelines.AllTasks with { ValidationFraction = 0.25, Training = Pipelines.AllTasks.Training with { Epochs = 2 } };
        using var model = Pipelines.Fit(Ml, SharedModel.Rows, options);
        var table = model.LastTransformer.NoiseScores;
        Assert.That(Ids(table).Distinct().Count(), Is.EqualTo(225));
        var labels = SharedModel.Rows.ToDictionary(r => r.Id, r => FormattableString.Invariant($"{r.Number}"));
        foreach (var (id, task, label) in Ids(table).Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<string>(table, "GivenLabel")))
            if (task == "number") Assert.That(label, Is.EqualTo(labels[id]), id);
        Assert.That(model.LastTransformer.ValidationMetrics.Select(m => m.Count), Has.All.EqualTo(75));
        Assert.That(model.LastTransformer.History[^1].Validation, Is.Not.Null);
        var view = model.Transform(Ml.Data.LoadFromEnumerable(SharedModel.Rows));
        Assert.That(Pipelines.Column<float>(view, "flag.NoiseScore").Count(float.IsNaN), Is.EqualTo(75));
    }

    [Test]
    public void ValidationView_IsMeasuredAndNotTrainedOn()
    {
        var preparation = Pipelines.Preparation(Ml).Fit(Ml.Data.LoadFromEnumerable(SharedModel.Rows));
        var options = Pipelines.AllTasks with { Validation = preparation.Transform(Ml.Data.LoadFromEnumerable(SharedModel.Unseen)) };
        using var model = Ml.MultiTask.Train(options).Fit(preparation.Transform(Ml.Data.LoadFromEnumerable(SharedModel.Rows)));
        Assert.That(model.ValidationMetrics.Select(m => m.Task), Is.EqualTo((string[])["class", "flag", "number", "vector"]));
        Assert.That(model.ValidationMetrics[2].Count, Is.EqualTo(SharedModel.Unseen.Count));
        Assert.That(model.ValidationMetrics[2].RSquared, Is.GreaterThan(0.9));
        // The very same model as without validation: looking changes nothing.
        Assert.That(Pipelines.Column<float>(model.NoiseScores, "NoiseScore"), Is.EqualTo(Pipelines.Column<float>(SharedModel.Model.LastTransformer.NoiseScores, "NoiseScore")));
    }

    private static string[] Ids(IDataView view) => Pipelines.Column<string>(view, "Id");

    /// <summary>A fifth of the rows.</summary>
    private static bool[] Choose(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0)];
    }
}
