using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet.Tests;

/// <summary>Who decides the seed of a training.</summary>
public sealed class SeedTests
{
    private static readonly IReadOnlyList<Sample> Rows = Sample.Rows(60);

    [Test]
    public void Fit_ContextsOfOneSeed_GiveOneModel()
    {
        var first = Scores(new MLContext(7));
        Assert.That(Scores(new MLContext(7)), Is.EqualTo(first));
    }

    [Test]
    public void Fit_ContextOfAnotherSeed_GivesAnotherModel()
        => Assert.That(Scores(new MLContext(8)), Is.Not.EqualTo(Scores(new MLContext(7))));

    [Test]
    public void Fit_ContextsWithoutSeed_GiveDifferentModels()
    {
        var first = Scores(new MLContext());
        Assert.That(Scores(new MLContext()), Is.Not.EqualTo(first));
    }

    [Test]
    public void Fit_SeedOfTheOptions_DecidesAlone()
        => Assert.That(Scores(new MLContext(7), seed: 3), Is.EqualTo(Scores(new MLContext(8), seed: 3)));

    [Test]
    public void Fit_TwiceOnOneTrainer_GivesOneModel()
    {
        var ml = new MLContext();
        var trainer = ml.MultiTask.Train(Options(null));
        var first = Scores(ml, trainer);
        Assert.That(Scores(ml, trainer), Is.EqualTo(first));
    }

    [Test]
    public void Fit_SaysTheSeed_WhichRepeatsTheModel()
    {
        var ml = new MLContext();
        var messages = new List<string>();
        ml.Log += (_, e) => messages.Add(e.RawMessage);
        using var model = ml.MultiTask.Train(Options(null)).Fit(ml.Data.LoadFromEnumerable(Rows));
        var seed = model.EffectiveOptions!.Seed;
        Assert.That(messages, Has.Some.StartsWith($"Seed {seed}, drawn from the MLContext"));
        Assert.That(Scores(new MLContext(), seed), Is.EqualTo(Pipelines.Column<float>(model.NoiseScores, "NoiseScore")));
    }

    [Test]
    public void ShortTrain_TakesTheContextsSeed()
    {
        using var first = Fit(1);
        using var second = Fit(1);
        using var third = Fit(2);
        Assert.That(second.EffectiveOptions!.Seed, Is.EqualTo(first.EffectiveOptions!.Seed));
        Assert.That(third.EffectiveOptions!.Seed, Is.Not.EqualTo(first.EffectiveOptions.Seed));

        static MultiTaskTransformer Fit(int seed)
        {
            var ml = new MLContext(seed);
            return ml.MultiTask.Train([TaskColumn.Regression("number", "Number")], "A", epochs: 1).Fit(ml.Data.LoadFromEnumerable(Rows));
        }
    }

    [Test]
    public void TrainingOptions_SeedNotSet_IsOneAndSaysSo()
    {
        Assert.That((new TrainingOptions().Seed, new TrainingOptions().IsSeedSet), Is.EqualTo((1, false)));
        Assert.That((new TrainingOptions { Seed = 1 }.Seed, new TrainingOptions { Seed = 1 }.IsSeedSet), Is.EqualTo((1, true)));
    }

    private static float[] Scores(MLContext ml, int? seed = null) => Scores(ml, ml.MultiTask.Train(Options(seed)));

    private static float[] Scores(MLContext ml, MultiTaskTrainer trainer)
    {
        using var model = trainer.Fit(ml.Data.LoadFromEnumerable(Rows));
        return Pipelines.Column<float>(model.NoiseScores, "NoiseScore");
    }

    private static MultiTaskTrainer.Options Options(int? seed)
    {
        var training = new TrainingOptions { Epochs = 3, HiddenUnits = [4] };
        return new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Regression("number", "Number")],
            FeatureColumnNames = ["A", "B"],
            IdColumnName = "Id",
            Training = seed is { } value ? training with { Seed = value } : training,
        };
    }
}
