using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>What every estimator and transformer owes the pipeline it stands in, asked of both of ours.</summary>
public sealed class ContractTests
{
    private static MLContext Ml => SharedModel.Context;

    private static IDataView Data => Ml.Data.LoadFromEnumerable(SharedModel.Rows);

    [Test]
    public void GetOutputSchema_OfTheTrainer_PromisesWhatIsDelivered()
    {
        var prepared = Pipelines.Preparation(Ml).Fit(Data).Transform(Data);
        var promised = Ml.MultiTask.Train(Pipelines.AllTasks).GetOutputSchema(SchemaShapes.Of(prepared.Schema));
        AssertEqual(promised, SchemaShapes.Of(SharedModel.OnTraining.Schema));
    }

    [Test]
    public void GetOutputSchema_OfTheCorruption_PromisesWhatIsDelivered()
    {
        var estimator = Ml.MultiTask.CorruptLabels("Number", Ilt.Corruption.LabelCorruptionKind.Swap, 0.3);
        var promised = estimator.GetOutputSchema(SchemaShapes.Of(Data.Schema));
        AssertEqual(promised, SchemaShapes.Of(estimator.Fit(Data).Transform(Data).Schema));
    }

    [Test]
    public void GetOutputSchema_OfTheTransformer_IsTheSchemaOfItsView()
    {
        var prepared = Pipelines.Preparation(Ml).Fit(Data).Transform(Data);
        var transformer = SharedModel.Model.LastTransformer;
        var promised = transformer.GetOutputSchema(prepared.Schema);
        var delivered = transformer.Transform(prepared).Schema;
        Assert.That(promised.Select(c => $"{c.Index} {c.Name} {c.Type} {c.IsHidden}"), Is.EqualTo(delivered.Select(c => $"{c.Index} {c.Name} {c.Type} {c.IsHidden}")));
    }

    [Test]
    public void Fit_TwiceFromOneSeed_AgreesExactly()
    {
        var rows = SharedModel.Rows.Take(80).ToList();
        var options = Pipelines.AllTasks with { Training = Pipelines.AllTasks.Training with { Epochs = 2 } };
        using var first = Pipelines.Fit(new MLContext(5), rows, options);
        using var second = Pipelines.Fit(new MLContext(6), rows, options);
        Assert.That(Values(second), Is.EqualTo(Values(first)));

        static float[] Values(TransformerChain<MultiTaskTransformer> model) =>
        [
            .. Pipelines.Column<float>(model.LastTransformer.NoiseScores, "NoiseScore"),
            .. Pipelines.Column<float>(model.Transform(Data), "number.Score"),
        ];
    }

    [Test]
    public void Fit_OtherSeed_GivesAnotherModel()
    {
        var rows = SharedModel.Rows.Take(80).ToList();
        using var first = Pipelines.Fit(Ml, rows, Options(1));
        using var second = Pipelines.Fit(Ml, rows, Options(2));
        Assert.That(Pipelines.Column<float>(second.Transform(Data), "number.Score"), Is.Not.EqualTo(Pipelines.Column<float>(first.Transform(Data), "number.Score")));

        static MultiTaskTrainer.Options Options(int seed) => Pipelines.AllTasks with { Training = Pipelines.AllTasks.Training with { Epochs = 1, Seed = seed } };
    }

    [Test]
    public void Fit_LeavesTheOptionsAsTheyWere()
    {
        var options = Pipelines.AllTasks with { Training = Pipelines.AllTasks.Training with { Epochs = 1, BatchSize = null, LearningRate = null } };
        var tasks = options.Tasks.ToArray();
        var training = options.Training with { };
        using var model = Pipelines.Fit(Ml, SharedModel.Rows.Take(60), options);
        Assert.That(options.Tasks, Is.EqualTo(tasks));
        Assert.That(options.Training, Is.EqualTo(training));
    }

    [Test]
    public void GetRowCursor_Twice_GivesTheSameValues()
    {
        var view = SharedModel.OnUnseen;
        var first = Pipelines.Column<float>(view, "number.Score");
        Assert.That(Pipelines.Column<float>(view, "number.Score"), Is.EqualTo(first));
    }

    [Test]
    public void GetRowCursorSet_GivesEveryRowOnce()
    {
        var view = SharedModel.OnUnseen;
        var wanted = Pipelines.Column<float>(view, "number.Score");
        var column = view.Schema["number.Score"];
        var found = new List<float>();
        foreach (var cursor in view.GetRowCursorSet([column], 3))
            using (cursor)
            {
                var getter = cursor.GetGetter<float>(column);
                var value = 0f;
                while (cursor.MoveNext())
                {
                    getter(ref value);
                    found.Add(value);
                }
            }
        Assert.That(found, Is.EquivalentTo(wanted));
    }

    [Test]
    public void GetRowCursor_Shuffled_GivesEachRowItsOwnPrediction()
    {
        var cached = SharedModel.Model.Transform(Ml.Data.Cache(Ml.Data.LoadFromEnumerable(SharedModel.Unseen)));
        var expected = Pipelines.Column<string>(cached, "Id").Zip(Pipelines.Column<float>(cached, "number.Score")).ToDictionary(p => p.First, p => p.Second);
        DataViewSchema.Column[] columns = [cached.Schema["Id"], cached.Schema["number.Score"]];
        using var cursor = cached.GetRowCursor(columns, new Random(3));
        var readId = cursor.GetGetter<ReadOnlyMemory<char>>(columns[0]);
        var readScore = cursor.GetGetter<float>(columns[1]);
        ReadOnlyMemory<char> id = default;
        var score = 0f;
        var rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            readId(ref id);
            readScore(ref score);
            Assert.That(score, Is.EqualTo(expected[id.ToString()]).Within(1e-4), id.ToString());
        }
        Assert.That(rows, Is.EqualTo(expected.Count));
    }

    [Test]
    public void GetGetter_SkippingRows_ReadsThePredictionOfTheRightRow()
    {
        var rows = Sample.Rows(700, seed: 4);
        var view = SharedModel.Model.Transform(Ml.Data.LoadFromEnumerable(rows));
        var expected = Pipelines.Column<float>(view, "number.Score");
        var column = view.Schema["number.Score"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<float>(column);
        var value = 0f;
        for (var i = 0; cursor.MoveNext(); i++)
        {
            if (i is not (3 or 4 or 300 or 699)) continue;
            getter(ref value);
            Assert.That(value, Is.EqualTo(expected[i]).Within(1e-4), $"row {i}");
        }
    }

    [Test]
    public void GetGetter_WrongTypeOrInactiveColumn_IsRefused()
    {
        var view = SharedModel.OnUnseen;
        using var cursor = view.GetRowCursor([view.Schema["number.Score"]]);
        Assert.That(() => cursor.GetGetter<int>(view.Schema["number.Score"]), Throws.InvalidOperationException);
        Assert.That(() => cursor.GetGetter<float>(view.Schema["number.NoiseScore"]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(cursor.IsColumnActive(view.Schema["number.Score"]), Is.True);
        Assert.That(cursor.IsColumnActive(view.Schema["Id"]), Is.False);
    }

    [Test]
    public void Transform_OnlyNoiseColumnsAsked_DoesNotReadFeatures()
    {
        var mapper = SharedModel.Model.LastTransformer.GetRowToRowMapper(Pipelines.Preparation(Ml).Fit(Data).GetOutputSchema(Data.Schema));
        string[] Needed(string output) => [.. mapper.GetDependencies([mapper.OutputSchema[output]]).Select(c => c.Name)];
        Assert.That(Needed("number.NoiseScore"), Is.EqualTo((string[])["Id"]));
        Assert.That(Needed("number.Score"), Is.EqualTo((string[])["Features"]));
        Assert.That(Needed("A"), Is.EqualTo((string[])["A"]));
    }

    private static void AssertEqual(SchemaShape promised, SchemaShape delivered)
        => Assert.That(Describe(promised), Is.EquivalentTo(Describe(delivered)));

    private static IEnumerable<string> Describe(SchemaShape shape) => shape.Select(column =>
        $"{column.Name}: {SchemaShapes.Describe(column)} [{string.Join(", ", column.Annotations.Select(a => $"{a.Name}: {SchemaShapes.Describe(a)}").Order())}]");
}
