namespace Ilt.Torch.Tests;

public class TargetScalingTests
{
    private static readonly RegressionTask Task = new("price", 2);

    [Test]
    public void Standardise_TrainingLabels_HaveMeanZeroAndDeviationOne()
    {
        var labels = Skewed(rows: 500);
        var scaling = Task.FitScale(labels);
        var scaled = Enumerable.Range(0, 500).Select(row => Scaled(scaling, labels, row)).ToArray();
        for (var d = 0; d < 2; d++)
        {
            var mean = scaled.Average(z => z[d]);
            Assert.That(mean, Is.EqualTo(0).Within(1e-4));
            Assert.That(scaled.Average(z => (z[d] - mean) * (z[d] - mean)), Is.EqualTo(1).Within(1e-3));
        }
    }

    [Test]
    public void Standardise_HandValues_AreTheDocumentedFormula()
    {
        // Sorted 0 2 4 6 8: median 4, quartiles 2 and 6, spread 2 (6 - 2) / 1.349 = 5.930. asinh(4 / 5.930) = 0.6306, asinh(2 / 5.930) = 0.3311.
        var labels = new NumberLabels([8, 0, 4, 2, 6]);
        var scaling = new RegressionTask("x").FitScale(labels);
        var deviation = Math.Sqrt(2 * (0.6306 * 0.6306 + 0.3311 * 0.3311) / 5);
        Assert.Multiple(() =>
        {
            Assert.That(Scaled(scaling, labels, 0)[0], Is.EqualTo(0.6306 / deviation).Within(1e-3));
            Assert.That(Scaled(scaling, labels, 2)[0], Is.EqualTo(0).Within(1e-6));
            Assert.That(Scaled(scaling, labels, 3)[0], Is.EqualTo(-0.3311 / deviation).Within(1e-3));
        });
    }

    [Test]
    public void Restore_Standardised_GivesTheLabelsBack()
    {
        var labels = Skewed(rows: 300);
        var scaling = Task.FitScale(labels);
        for (var row = 0; row < 300; row++)
        {
            var there = Scaled(scaling, labels, row);
            scaling.Restore(there);
            Assert.That(there, Is.EqualTo(labels[row].ToArray()).Within(1e-3).Percent.Or.EqualTo(labels[row].ToArray()).Within(1e-3));
        }
    }

    [Test]
    public void Common_HandValues_HaveOneDeviationAndTheMediansAsZero()
    {
        // Medians 1 and 10; mean squared distances (0 + 4) / 2 = 2, 0, (4 + 16) / 2 = 10: their median is 2.
        var task = new RegressionTask("vector", 2) { Scale = TargetScale.Common };
        var labels = new NumberLabels([1, 12, 1, 10, 3, 6], 2);
        var scaling = task.FitScale(labels);
        var deviation = Math.Sqrt(2);
        Assert.Multiple(() =>
        {
            Assert.That(Scaled(scaling, labels, 0), Is.EqualTo(new[] { 0, 2 / deviation }).Within(1e-5));
            Assert.That(Scaled(scaling, labels, 2), Is.EqualTo(new[] { 2 / deviation, -4 / deviation }).Within(1e-5));
        });
        var back = Scaled(scaling, labels, 2);
        scaling.Restore(back);
        Assert.That(back, Is.EqualTo(new[] { 3f, 6f }).Within(1e-5));
    }

    [Test]
    public void Common_ConstantComponent_IsAllowedAndAConstantVectorIsNot()
    {
        var task = new RegressionTask("vector", 2) { Scale = TargetScale.Common };
        Assert.That(() => task.FitScale(new NumberLabels([1, 5, 2, 5, 3, 5], 2)), Throws.Nothing);
        Assert.That(() => task.FitScale(new NumberLabels([1, 5, 1, 5, 1, 5], 2)), Throws.ArgumentException.With.Message.Contains("'vector'").And.Message.Contains("nothing to learn"));
    }

    [TestCase(TargetScale.Bent), TestCase(TargetScale.Common)]
    public void RestoreTensor_ScaledLabels_AgreesWithTheArrays(TargetScale scale)
    {
        var labels = Skewed(rows: 50);
        var scaling = (Task with { Scale = scale }).FitScale(labels);
        float[] scaled = [.. Enumerable.Range(0, 50).SelectMany(row => Scaled(scaling, labels, row))];
        using var scope = TorchSharp.torch.NewDisposeScope();
        var restored = scaling.Restore(TorchSharp.torch.tensor(scaled, [50, 2])).data<float>().ToArray();
        scaling.Restore(scaled);
        Assert.That(restored, Is.EqualTo(scaled).Within(0.1).Percent);
    }

    [Test]
    public void Restore_BeyondTheTrainingLabels_StaysWithinTheirRange()
    {
        var scaling = new RegressionTask("x").FitScale(new NumberLabels([1, 2, 3, 4, 500]));
        float[] far = [50, -50];
        scaling.Restore(far);
        Assert.That(far, Is.EqualTo(new float[] { 500, 1 }));
    }

    [Test]
    public void Standardise_ErrorOfUnit_DoesNotOwnTheScale()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 200).Select(_ => (float)(100 + 10 * TestTables.Normal(random))).ToArray();
        var clean = Spread(values);
        values[0] *= 1000;
        Assert.That(Spread(values), Is.GreaterThan(clean / 3));

        // How far apart the scale puts two ordinary labels.
        static float Spread(float[] numbers)
        {
            var scaling = new RegressionTask("x").FitScale(new NumberLabels(numbers));
            var (low, high) = (new float[1], new float[1]);
            scaling.Standardise((float[])[95], low);
            scaling.Standardise((float[])[105], high);
            return high[0] - low[0];
        }
    }

    [Test]
    public void SaveAndLoad_AnyValue_ScalesTheSame()
    {
        var labels = Skewed(rows: 50);
        var scaling = Task.FitScale(labels);
        using var stream = new MemoryStream();
        scaling.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var loaded = TargetScaling.Load(new BinaryReader(stream));
        Assert.That(Scaled(loaded, labels, 7), Is.EqualTo(Scaled(scaling, labels, 7)));
    }

    // One component like prices (log-normal), one around zero.
    private static NumberLabels Skewed(int rows)
    {
        var random = new Random(3);
        var values = new float[rows * 2];
        for (var row = 0; row < rows; row++)
        {
            values[2 * row] = (float)(1000 * Math.Exp(TestTables.Normal(random)));
            values[(2 * row) + 1] = (float)TestTables.Normal(random);
        }
        return new NumberLabels(values, 2);
    }

    private static float[] Scaled(TargetScaling scaling, NumberLabels labels, int row)
    {
        var target = new float[labels.Dimensions];
        scaling.Standardise(labels, row, target);
        return target;
    }
}
