using Ilt.Corruption;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Bad options and bad columns are refused before a row is read, in ML.NET's words.</summary>
public sealed class SchemaTests
{
    private static readonly MLContext Ml = new(1);

    [Test]
    public void Check_AbsentColumn_IsNamedWithItsRole()
    {
        Refuses(Options(), "Features", "Could not find feature column 'Features'", removed: "Features");
        Refuses(Options() with { IdColumnName = "Key" }, "Key", "Could not find id column 'Key'");
        Refuses(Options(TaskColumn.Regression("t", "Rings")), "Rings", "Could not find label column 'Rings'");
    }

    [Test]
    public void Check_WrongType_SaysWhatWasExpectedAndFound()
    {
        Refuses(Options(TaskColumn.Classification("Class")), "Class", "Schema mismatch for label column 'Class': expected Key or Boolean, got String. Turn classes into keys first");
        Refuses(Options(TaskColumn.Classification("Number")), "Number", "Schema mismatch for label column 'Number': expected Key or Boolean, got Single");
        Refuses(Options(TaskColumn.Regression("Flag")), "Flag", "Schema mismatch for label column 'Flag': expected a number or known-size Vector<Single>, got Boolean");
        Refuses(Options() with { FeatureColumnNames = ["Colour"] }, "Colour", "Schema mismatch for feature column 'Colour': expected Single or known-size Vector<Single>, got String");
        Refuses(Options() with { IdColumnName = "A" }, "A", "Schema mismatch for id column 'A': expected String, an integer or Key, got Single");
    }

    [Test]
    public void Check_NoRowIsReadBeforeTheSchema()
    {
        var view = Ml.Data.LoadFromEnumerable(Explode());
        Assert.That(() => Ml.MultiTask.Train(Options(TaskColumn.Classification("Class"))).Fit(view), Throws.InstanceOf<ArgumentOutOfRangeException>());

        static IEnumerable<Sample> Explode()
        {
            Assert.Fail("a row was read");
            yield break;
        }
    }

    [TestCase(0)]
    [TestCase(-0.5)]
    [TestCase(0.95)]
    public void Options_ValidationFractionOutOfRange_IsRefused(double fraction)
        => Assert.That(() => Ml.MultiTask.Train(Options() with { ValidationFraction = fraction }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ValidationFraction must be above 0 and at most 0.9"));

    [Test]
    public void Options_ThatCannotWork_AreRefusedWithTheirName()
    {
        Refused(Options() with { Tasks = [] }, "Tasks is empty");
        Refused(Options(Pipelines.NumberTask, Pipelines.NumberTask), "The task name 'number' is given twice in Tasks");
        Refused(Options() with { FeatureColumnNames = [] }, "FeatureColumnNames is empty");
        Refused(Options() with { FeatureColumnNames = ["A", "A"] }, "The feature column 'A' is given twice in FeatureColumnNames");
        Refused(Options() with { FeatureColumnNames = ["A", "Number"] }, "Column 'Number' is both the label of task 'number' and a feature");
        Refused(Options(Pipelines.NumberTask with { LossScale = 0 }), "Task 'number': LossScale must be a positive number");
        Refused(Options() with { Training = new() { Epochs = 0 } }, "Epochs must be at least 1, found 0");
        Refused(Options() with { IdColumnName = "" }, "IdColumnName is empty");
        Refused(Options() with { Validation = Ml.Data.LoadFromEnumerable(Sample.Rows(2)), ValidationFraction = 0.2 }, "set one of them");

        static void Refused(MultiTaskTrainer.Options options, string message)
            => Assert.That(() => Ml.MultiTask.Train(options), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));
    }

    [Test]
    public void CorruptLabels_KindThatDoesNotFit_IsRefusedBySchema()
    {
        var shape = SchemaShapes.Of(Ml.Data.LoadFromEnumerable(Sample.Rows(2)).Schema);
        Assert.That(() => Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.UniformFlip, 0.1).GetOutputSchema(shape),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected Key or Boolean, got Single. The corruption UniformFlip is for classes"));
        Assert.That(() => Ml.MultiTask.CorruptLabels("Flag", LabelCorruptionKind.GaussianNoise, 0.1).GetOutputSchema(shape),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got Boolean. The corruption GaussianNoise is for numbers"));
        Assert.That(() => Ml.MultiTask.CorruptLabels("Rings", LabelCorruptionKind.Swap, 0.1).GetOutputSchema(shape),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Could not find label column 'Rings'"));
        Assert.That(() => Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 1.1),
            Throws.ArgumentException.With.Message.Contains("between 0 and 1; found 1.1"));
    }

    private static MultiTaskTrainer.Options Options(params TaskColumn[] tasks)
        => new() { Tasks = tasks.Length == 0 ? [Pipelines.NumberTask] : tasks, FeatureColumnNames = ["A", "B"] };

    // The same words from the promise (a shape) and from the data (a schema).
    private static void Refuses(MultiTaskTrainer.Options options, string column, string message, string? removed = null)
    {
        if (removed is not null) options = options with { FeatureColumnNames = [removed] };
        var view = Ml.Data.LoadFromEnumerable(Sample.Rows(5));
        var trainer = Ml.MultiTask.Train(options);
        var constraint = Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(message);
        Assert.That(() => trainer.GetOutputSchema(SchemaShapes.Of(view.Schema)), constraint, column);
        Assert.That(() => trainer.Fit(view), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(message), column);
    }
}
