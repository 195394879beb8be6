using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using TorchSharp;

namespace Ilt.MLNet.Tests;

/// <summary>
/// ML.NET's own trainers on torch and ours live in one process and one pipeline, on the TorchSharp that this library needs, which is newer
/// than the one they were built with. Their Fit downloads a model, so what can be tested without is: that they bind, and that their layers run.
/// </summary>
public sealed class TorchSharpTrainersTests
{
    private static readonly Assembly Theirs = typeof(TorchSharpCatalog).Assembly;
    private static readonly MLContext Ml = new(1);

    [Test]
    public void EveryMemberOfTorchSharpThatTheyCall_IsThere_ButOne()
    {
        using var file = new PEReader(File.OpenRead(Theirs.Location));
        var reader = file.GetMetadataReader();
        var missing = new List<string>();
        var bound = 0;
        foreach (var handle in reader.MemberReferences)
        {
            if (Resolve(MetadataTokens.GetToken(handle)) is { } member)
                bound += member.DeclaringType?.Assembly == typeof(torch).Assembly ? 1 : 0;
            else
                missing.Add(reader.GetString(reader.GetMemberReference(handle).Name));
        }
        // Object detection resizes its feature maps by it, see FeaturePyramid below.
        Assert.That(missing, Is.EqualTo((string[])["interpolate"]));
        Assert.That(bound, Is.GreaterThan(250));
    }

    [Test]
    public void FeaturePyramid_OfObjectDetection_DoesNotRunOnThisTorchSharp()
    {
        // The one known limit. Where this fails, a newer package has mended it: say so in the documentation, and hold that it runs.
        LibTorch.Load();
        using var scope = torch.NewDisposeScope();
        var pyramid = new FPN([8, 16, 32], 8, 4);
        Assert.That(
            () => pyramid.call([torch.rand(1, 8, 16, 16), torch.rand(1, 16, 8, 8), torch.rand(1, 32, 4, 4)]),
            Throws.TypeOf<MissingMethodException>().With.Message.Contains("interpolate"));
    }

    [Test]
    public void TheirLayers_RunBesideOurTraining()
    {
        LibTorch.Load();
        using var ours = Ml.MultiTask.Train([TaskColumn.Regression("number", "Number")], "A", epochs: 2).Fit(Data);
        using (torch.NewDisposeScope())
        {
            Assert.That(new MLP(4, 8, 4, 0).call(torch.rand(2, 3, 4)).shape, Is.EqualTo((long[])[2, 3, 4]));
            Assert.That(new Conv2dBN(3, 4, 3, 1, 1, 1, 1).call(torch.rand(2, 3, 16, 16)).shape, Is.EqualTo((long[])[2, 4, 16, 16]));
        }
        Assert.That(Pipelines.Column<float>(ours.Transform(Data), "number.Score"), Has.None.NaN);
    }

    [TestCase("text classification", "PredictedLabel", "Score")]
    [TestCase("named entities", "outputColumn")]
    [TestCase("sentence similarity", "Score")]
    [TestCase("question answering", "Answer", "score")]
    public void GetOutputSchema_OfOnePipelineWithBoth_HasTheColumnsOfBoth(string trainer, params string[] theirs)
    {
        var theirEstimator = Estimator(trainer);
        var ours = Ml.MultiTask.Train([TaskColumn.Regression("number", "Number")], "A");
        var input = SchemaShapes.Of(Data.Schema);
        var both = theirEstimator.GetOutputSchema(ours.GetOutputSchema(input)).Select(column => column.Name).ToList();
        Assert.That(both, Is.SupersetOf((string[])["number.Score", .. theirs]));
        Assert.That(ours.GetOutputSchema(theirEstimator.GetOutputSchema(input)).Select(column => column.Name), Is.EquivalentTo(both));
    }

    private static IEstimator<ITransformer> Estimator(string trainer) => trainer switch
    {
        "text classification" => Ml.MulticlassClassification.Trainers.TextClassification("Key", sentence1ColumnName: "Text"),
        "named entities" => Ml.MulticlassClassification.Trainers.NamedEntityRecognition("Entities", "outputColumn", "Text"),
        "sentence similarity" => Ml.Regression.Trainers.SentenceSimilarity("Number", sentence1ColumnName: "Text", sentence2ColumnName: "Text"),
        _ => Ml.MulticlassClassification.Trainers.QuestionAnswer("Text", "Text", "Text", "Position", "Answer", "score"),
    };

    private static IDataView Data => Ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(Ml.Transforms.Conversion.MapValueToKey("Entities", "Words"))
        .Fit(Sentences).Transform(Sentences);

    private static IDataView Sentences => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Sentence
    {
        A = i / 20f, Number = i, Position = i, Text = i % 2 == 0 ? "even" : "odd", Words = ["a", "b"],
    }));

    // Generic arguments stand for whatever the caller has; a tensor's numbers cannot be objects.
    private static MemberInfo? Resolve(int token)
    {
        foreach (var type in (Type[])[typeof(object), typeof(float)])
            try
            {
                var arguments = Enumerable.Repeat(type, 8).ToArray();
                return Theirs.ManifestModule.ResolveMember(token, arguments, arguments);
            }
            catch (Exception e) when (e is MissingMemberException or TypeLoadException)
            {
            }
        return null;
    }

    private sealed class Sentence
    {
        public float A { get; set; }

        public float Number { get; set; }

        public int Position { get; set; }

        public string Text { get; set; } = "";

        public string[] Words { get; set; } = [];
    }
}
