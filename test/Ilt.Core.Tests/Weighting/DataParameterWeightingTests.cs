using Ilt.Support;

namespace Ilt.Weighting;

/// <summary>Temperatures move along the gradients of cross entropy and tempered likelihood, checked by finite differences.</summary>
[TestFixture]
public sealed class DataParameterWeightingTests
{
    private const int Rows = 6, Classes = 3;

    private static readonly int[] Labels = [0, 1, 2, 0, 1, -1];
    private static readonly WeightingTask[] TaskList =
    [
        new("class", 1, 1) { HasLogits = true, ClassCount = Classes, Classes = Labels },
        new("number", 0.5, 0.5),
        new("mask", 1, 1) { HasLogits = true },
    ];

    [Test]
    public void Temperatures_AtStart_AreOne()
    {
        var temperatures = new float[Rows * 3];
        Create().Temper(Losses.Rows(Rows), temperatures);

        Assert.That(temperatures.Where((_, at) => at != 5 * 3), Is.All.EqualTo(1f), "the last row has no class, and its temperature no meaning");
        Assert.That(Create().ClassTemperature(0, 2), Is.EqualTo(0.5));
        Assert.That(Create().ClassTemperature(1, 0), Is.NaN);
    }

    [Test]
    public void Weigh_AllKinds_DividesNumbersByTheirTemperature()
    {
        var weighting = Create();
        weighting.Learn(Batch([1f, 9f, 1f]));
        var sigma = weighting.Temperature(0, 1);
        var weights = new float[3];
        weighting.Weigh(Batch([1f, 9f, 1f]), weights);

        Assert.That(sigma, Is.GreaterThan(1));
        Assert.That(weights, Is.EqualTo(new[] { 1f, (float)(0.5 / sigma), 1f }).Within(1e-6));
    }

    [TestCase(0, 0.0), TestCase(0, 0.1), TestCase(2, 0.0), TestCase(2, 0.1)]
    public void LearnTemperatures_Logits_StepsAlongTheSlopeOfTheCrossEntropy(int task, double decay)
    {
        // The momentum is 0, so a step is the step size times the slope in the logarithms; once at rest, once from where a step has led.
        var weighting = Create(new DataParameterOptions { InstanceStepSize = 0.03, ClassStepSize = 0.2, Momentum = 0, Decay = decay });
        double[][] logits = [.. Enumerable.Range(0, Rows).Select(row => Losses.Random(1, Classes, row).Select(x => (double)x).ToArray())];
        for (var visit = 0; visit < 2; visit++)
        {
            var (gradients, losses) = (new float[Rows * 3], Enumerable.Repeat(float.NaN, Rows * 3).ToArray());
            var labelled = Labels.Count(label => label >= 0);
            for (var row = 0; row < Rows - 1; row++)
            {
                var sigma = weighting.Temperature(row, task);
                losses[(row * 3) + task] = (float)CrossEntropy(logits[row], Labels[row], sigma);
                gradients[(row * 3) + task] = (float)(Slope(at => CrossEntropy(logits[row], Labels[row], at), sigma) / labelled);
            }

            // The objective that is minimised: per row and class, in the logarithms a = log(sigma_class / start) and b = log(sigma_instance / start).
            double[] a = [.. Enumerable.Range(0, Classes).Select(label => task == 0 ? Math.Log(weighting.ClassTemperature(0, label) / 0.5) : 0)];
            double[] b = [.. Enumerable.Range(0, Rows).Select(row => (double)weighting.Parameters[row, task])];
            double Loss(int row, double classLog, double rowLog) => CrossEntropy(
                logits[row], Labels[row], task == 0 ? (0.5 * Math.Exp(classLog)) + (0.5 * Math.Exp(rowLog)) : Math.Exp(rowLog));
            weighting.LearnTemperatures(new LossBatch(Losses.Rows(Rows), 3, losses), gradients);
            for (var row = 0; row < Rows - 1; row++)
            {
                var slope = Slope(at => Loss(row, a[Labels[row]], at) + (decay / 2 * at * at), b[row]);
                Assert.That(weighting.Parameters[row, task], Is.EqualTo(b[row] - (0.03 * slope)).Within(1e-6), $"row {row}");
            }

            for (var label = 0; task == 0 && label < Classes; label++)
            {
                var slope = Slope(at => Enumerable.Range(0, Rows).Where(row => Labels[row] == label).Sum(row => Loss(row, at, b[row])) / labelled + (decay / 2 * at * at), a[label]);
                Assert.That(Math.Log(weighting.ClassTemperature(0, label) / 0.5), Is.EqualTo(a[label] - (0.2 * slope)).Within(1e-6), $"class {label}");
            }

            Assert.That(weighting.Parameters[Rows - 1, task], Is.Zero, "no label, no step");
        }
    }

    [Test]
    public void Learn_Numbers_StepsAlongTheSlopeOfTheTemperedLikelihood()
    {
        var weighting = Create(new DataParameterOptions { InstanceStepSize = 0.3, Momentum = 0, Decay = 0.05 });
        foreach (var loss in new[] { 0.2f, 3f, 0.7f })
        {
            double b = weighting.Parameters[0, 1];
            var slope = Slope(at => (0.5 * ((loss / Math.Exp(at)) + at)) + (0.05 / 2 * at * at), b);
            weighting.Learn(Batch([1f, loss, 1f]));
            Assert.That(weighting.Parameters[0, 1], Is.EqualTo(b - (0.3 * slope)).Within(1e-6));
        }

        Assert.That(weighting.Parameters[0, 0], Is.Zero, "tasks with logits wait for their temperatures' gradients");
    }

    [Test]
    public void Learn_ConstantLoss_SettlesAtTheLossAndStopsAtTheClamp()
    {
        var weighting = Create();
        for (var visit = 0; visit < 500; visit++)
            weighting.Learn(Batch([1f, 4f, 1f]));
        Assert.That(weighting.Temperature(0, 1), Is.EqualTo(4).Within(1e-3));

        for (var visit = 0; visit < 500; visit++)
            weighting.Learn(Batch([1f, 1000f, 1f]));
        Assert.That(weighting.Temperature(0, 1), Is.EqualTo(20).Within(1e-4));
    }

    [Test]
    public void LearnTemperatures_AbsentClassesAndRows_KeepTemperatureAndMomentum()
    {
        var weighting = Create();
        var (losses, gradients) = (Enumerable.Repeat(float.NaN, 3).ToArray(), new float[3]);
        (losses[0], gradients[0]) = (2, -1);
        var batch = new LossBatch([1], 3, losses); // of class 1
        weighting.LearnTemperatures(batch, gradients);

        Assert.That(weighting.ClassTemperature(0, 1), Is.EqualTo(0.5 * Math.Exp(0.1 * 0.5)).Within(1e-9), "d sigma / d log sigma is 1/2");
        Assert.That(weighting.ClassTemperature(0, 0), Is.EqualTo(0.5));
        Assert.That(weighting.Parameters[0, 0], Is.Zero);
        Assert.That(weighting.Parameters[1, 0], Is.EqualTo(0.06f * 0.5f).Within(1e-6));
    }

    [Test]
    public void Create_ClassesOfOtherRows_AreRefused() =>
        Assert.That(() => new DataParameterWeighting(5, TaskList), Throws.ArgumentException.With.Message.StartsWith("Task 'class' has classes of 6 rows; there are 5."));

    private static DataParameterWeighting Create(DataParameterOptions? options = null) => new(Rows, TaskList, options);

    private static LossBatch Batch(float[] losses) => new([0], 3, losses);

    private static double CrossEntropy(double[] logits, int label, double temperature)
    {
        double[] scaled = [.. logits.Select(logit => logit / temperature)];
        return Math.Log(scaled.Sum(Math.Exp)) - scaled[label];
    }

    private static double Slope(Func<double, double> function, double at) => (function(at + 1e-5) - function(at - 1e-5)) / 2e-5;
}
