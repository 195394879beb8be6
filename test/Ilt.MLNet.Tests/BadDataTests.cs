using Ilt.Parameters;
using Microsoft.ML;

namespace Ilt.MLNet.Tests;

/// <summary>Rows and labels that cannot be trained on are named, or skipped and counted.</summary>
public sealed class BadDataTests
{
    private static readonly MLContext Ml = new(1);

    private static MultiTaskTrainer.Options Options => new()
    {
        Tasks = [Pipelines.NumberTask],
        FeatureColumnNames = ["A", "B"],
        IdColumnName = "Id",
        Training = new() { Epochs = 1 },
    };

    [Test]
    public void Fit_NaNFeature_NamesRowIdAndColumn()
        => Refuses(rows => rows[4].B = float.NaN, Options, "Training row 5 (id 'r5'): feature column 'B' is NaN; a finite number was expected.");

    [Test]
    public void Fit_InfiniteLabel_NamesRowIdAndColumn()
        => Refuses(rows => rows[2].Number = float.PositiveInfinity, Options, "Training row 3 (id 'r3'): label column 'Number' is infinite");

    [Test]
    public void Fit_EmptyId_NamesTheRow()
        => Refuses(rows => rows[6].Id = "", Options, "Training row 7: id column 'Id' is empty");

    [Test]
    public void Fit_DuplicateId_NamesBothPositionsInTheData()
    {
        var rows = Sample.Rows(20);
        rows[1].A = float.NaN; // skipped, and still counted by the user
        rows[9].Id = "r4";
        Assert.That(() => Fit(rows, Options with { OnBadRow = OnBadRow.Skip }), Throws.InstanceOf<DuplicateIdException>()
            .With.Message.Contains("'r4' belongs to row 4 and again to row 10"));
    }

    [Test]
    public void Fit_SkippingBadRows_CountsThemAndKeepsPositionsAsIds()
    {
        var rows = Sample.Rows(40);
        rows[0].A = float.NaN;
        rows[20].Number = float.NegativeInfinity;
        using var model = Fit(rows, Options with { OnBadRow = OnBadRow.Skip, IdColumnName = null });
        Assert.That(model.SkippedRows, Is.EqualTo(2));
        Assert.That(model.Warnings, Has.Some.Contains("2 row(s) were skipped, the first because: Training row 1: feature column 'A' is NaN"));
        var ids = Pipelines.Column<string>(model.NoiseScores, "Id");
        Assert.That(ids.Select(int.Parse), Is.EquivalentTo(Enumerable.Range(1, 40).Except([1, 21])));
    }

    [Test]
    public void Fit_AllRowsBad_SaysSo()
    {
        var rows = Sample.Rows(3);
        rows.ForEach(row => row.A = float.NaN);
        Assert.That(() => Fit(rows, Options with { OnBadRow = OnBadRow.Skip }), Throws.InvalidOperationException.With.Message.Contains("no usable row; all 3 were skipped"));
        Assert.That(() => Fit([], Options), Throws.InvalidOperationException.With.Message.EqualTo("The training data has no rows."));
    }

    [Test]
    public void Fit_ConstantTarget_NamesTaskAndColumn()
        => Refuses(rows => rows.ForEach(row => row.Number = 5), Options, "Task 'number' (label column 'Number') has the constant target 5 in all 20 labelled row(s)");

    [Test]
    public void Fit_ConstantSlot_IsNamed()
        => Refuses(rows => rows.ForEach(row => row.Vector[1] = 2), Options with { Tasks = [Pipelines.VectorTask] }, "has the constant target 2 in slot 2");

    [Test]
    public void Fit_OneClassOnly_NamesTaskColumnAndClass()
        => Refuses(rows => rows.ForEach(row => row.Flag = true), Options with { Tasks = [Pipelines.FlagTask] }, "Task 'flag' (label column 'Flag') has labels of one class only ('true', 20 rows)");

    [Test]
    public void Fit_NoLabelAtAll_NamesTheTask()
        => Refuses(rows => rows.ForEach(row => row.Number = float.NaN), Options, "Task 'number' (label column 'Number') has no label in any training row");

    [Test]
    public void Fit_ClassWithOneRow_Warns()
    {
        var rows = Sample.Rows(60);
        rows[7].Class = "lonely";
        using var model = Pipelines.Fit(Ml, rows, Pipelines.AllTasks with { Tasks = [Pipelines.ClassTask], Training = Options.Training });
        Assert.That(model.LastTransformer.Warnings, Has.Some.Contains("class 'lonely' has one row only"));
    }

    [Test]
    public void Fit_KeyOfOneValue_IsRefusedBySchema()
    {
        var rows = Sample.Rows(10);
        rows.ForEach(row => row.Class = "all");
        Assert.That(() => Pipelines.Fit(Ml, rows, Pipelines.AllTasks), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("Task 'class': label column 'Class' is a key of 1 value(s); classification needs 2"));
    }

    [Test]
    public void Fit_ValidationWithOtherKeys_IsRefused()
    {
        var data = Ml.Data.LoadFromEnumerable(Sample.Rows(60));
        var other = Sample.Rows(60, seed: 9);
        other.ForEach(row => row.Class = row.Class == "low" ? "tiny" : row.Class);
        var validation = Ml.Data.LoadFromEnumerable(other);
        var options = Pipelines.AllTasks with { Validation = Pipelines.Preparation(Ml).Fit(validation).Transform(validation) };
        Assert.That(() => Pipelines.Preparation(Ml).Append(Ml.MultiTask.Train(options)).Fit(data), Throws.ArgumentException
            .With.Message.Contains("Map both with one fitted pipeline"));
    }

    private static void Refuses(Action<List<Sample>> spoil, MultiTaskTrainer.Options options, string message)
    {
        var rows = Sample.Rows(20);
        spoil(rows);
        Assert.That(() => Fit(rows, options), Throws.InvalidOperationException.With.Message.Contains(message));
    }

    private static MultiTaskTransformer Fit(List<Sample> rows, MultiTaskTrainer.Options options)
        => Ml.MultiTask.Train(options).Fit(Ml.Data.LoadFromEnumerable(rows));
}
