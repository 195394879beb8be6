using Ilt.Detectors;
using Ilt.Corruption;

namespace Ilt.Auditing.Tests;

/// <summary>Each estimator against a slow and obvious one.</summary>
public class TwinTests
{
    private readonly SeededGenerator generator = new(3);

    [Test]
    public void MixtureShare_IsThatOfAGrid()
    {
        var (first, second) = (Draws(200), Draws(200));
        double Likelihood(double share) => first.Zip(second, (a, b) => Math.Log((1 - share) * a + share * b)).Sum();
        var best = Enumerable.Range(0, 10001).Select(i => i / 10000.0).MaxBy(Likelihood);
        var (low, high) = MixtureShare.Interval(first, second);
        var inside = Enumerable.Range(0, 10001).Select(i => i / 10000.0).Where(share => Likelihood(share) > Likelihood(best) - 1.9207).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(MixtureShare.Fit(first, second), Is.EqualTo(best).Within(2e-4));
            Assert.That(low, Is.EqualTo(inside.Min()).Within(3e-4));
            Assert.That(high, Is.EqualTo(inside.Max()).Within(3e-4));
        });
    }

    [Test]
    public void Isotonic_IsTheBestOfAllWaysToCut()
    {
        for (var trial = 0; trial < 30; trial++)
        {
            const int Count = 9;
            var (keys, values) = (Array.ConvertAll(Draws(Count), key => key), Draws(Count));
            var order = Enumerable.Range(0, Count).OrderBy(i => keys[i]).ToArray();
            var (least, best) = (double.PositiveInfinity, new double[Count]);
            for (var cuts = 0; cuts < 1 << (Count - 1); cuts++)
            {
                var fitted = new double[Count];
                for (int first = 0, end; first < Count; first = end)
                {
                    end = first + 1;
                    while (end < Count && (cuts >> (end - 1) & 1) == 0) end++;
                    var mean = order[first..end].Average(i => values[i]);
                    foreach (var i in order[first..end]) fitted[i] = mean;
                }
                var rises = Enumerable.Range(1, Count - 1).All(place => fitted[order[place]] >= fitted[order[place - 1]]);
                var error = fitted.Zip(values, (a, b) => (a - b) * (a - b)).Sum();
                if (rises && error < least) (least, best) = (error, fitted);
            }
            Assert.That(Isotonic.Fit(keys, values), Is.EqualTo(best).Within(1e-12));
        }
    }

    [Test]
    public void Isotonic_TreatsEqualKeysAlike() => Assert.That(Isotonic.Fit([2, 1, 2, 3], [0.0, 0.2, 1.0, 0.4]), Is.EqualTo(new[] { 1.4 / 3, 0.2, 1.4 / 3, 1.4 / 3 }).Within(1e-12));

    [Test]
    public void FlaggedSet_IsTheBestOfAllSets()
    {
        for (var trial = 0; trial < 20; trial++)
        {
            var probabilities = Draws(10).Select(p => p * p).OrderDescending().ToArray();
            var (best, set) = (0.0, 0);
            for (var chosen = 1; chosen < 1 << 10; chosen++)
            {
                var picked = Enumerable.Range(0, 10).Where(i => (chosen >> i & 1) == 1).ToArray();
                var f1 = 2 * picked.Sum(i => probabilities[i]) / (picked.Length + probabilities.Sum());
                if (f1 > best + 1e-12) (best, set) = (f1, chosen);
            }
            Assert.That((1 << FlaggedSet.Count(probabilities)) - 1, Is.EqualTo(set));
        }
    }

    [Test]
    public void FlaggedSet_OfNothing_IsEmpty() => Assert.That(FlaggedSet.Count([0, 0, 0]), Is.Zero);

    [Test]
    public void AgreementCurve_IsThatOfAGrid()
    {
        var (evidence, _, _) = MadeEvidence.Classes(0.15, rows: 400);
        var rows = new ClassRows(Array.ConvertAll(evidence.OutOfFold!, p => (double)p), Array.ConvertAll(evidence.Given, k => (int)k), 3);
        var curve = new AgreementCurve(rows, rows.Counted, 1);
        double Likelihood(double share, double offset, double slope)
        {
            var sum = 0.0;
            for (var row = 0; row < 400; row++)
            {
                var p = evidence.OutOfFold.AsSpan(row * 3, 3).ToArray();
                var top = Array.IndexOf(p, p.Max());
                var right = 1 / (1 + Math.Exp(-offset - slope * Math.Clamp(Math.Log(p[top] / Math.Max(1 - p[top], 1e-12)), -7, 7)));
                var of = (int)evidence.Given[row] == top ? right : (1 - right) * p[(int)evidence.Given[row]] / Math.Max(1 - p[top], 1e-12);
                sum += Math.Log(Math.Max(1e-9, (1 - share) * of + share * (1 - of) / 2));
            }
            var log = Math.Log(slope);
            return sum - (log < 0 ? log * log / 2 / 0.0625 : log * log / 2) - offset * offset / 2;
        }
        var best = (from share in Enumerable.Range(0, 61).Select(i => i * 0.005)
                    from offset in Enumerable.Range(-12, 25).Select(i => i * 0.1)
                    from slope in Enumerable.Range(4, 17).Select(i => i * 0.1)
                    select (share, Value: Likelihood(share, offset, slope))).MaxBy(at => at.Value);
        Assert.Multiple(() =>
        {
            Assert.That(curve.Share, Is.EqualTo(best.share).Within(0.011));
            Assert.That(curve.LogLikelihood, Is.EqualTo(best.Value).Within(0.15).And.GreaterThan(best.Value - 1e-3));
        });
    }

    [TestCase(0.3, 0.5, 2, 8)]
    [TestCase(0, 1, 1, 40)]
    public void TwoPieceT_HasAMassOfOne(double mode, double left, double right, double freedom)
    {
        var places = Enumerable.Range(-40000, 80001).Select(i => i * 0.005).ToArray();
        Assert.That(new TwoPieceT(mode, left, right, freedom).LogDensities(places).Sum(Math.Exp) * 0.005, Is.EqualTo(1).Within(1e-3));
    }

    [Test]
    public void Steps_RaiseTheLikelihood()
    {
        var values = Enumerable.Range(0, 300).Select(_ => generator.NextGaussian() * (generator.NextDouble() < 0.5 ? 1 : 3) + 1).ToArray();
        var all = Array.ConvertAll(values, _ => 1.0);
        var pairs = values.Concat(values.Select(v => 0.5 * v + generator.NextGaussian())).ToArray();
        foreach (var (start, of, weights) in ((IResidualShape, double[], double[])[])[(TwoPieceT.Standard(8), values, all), (VectorT.Standard(2, 8), pairs, all)])
        {
            var shape = start;
            for (var step = 0; step < 10; step++)
            {
                var next = shape.Step(of, weights);
                Assert.That(next.LogDensities(of).Sum(), Is.GreaterThanOrEqualTo(shape.LogDensities(of).Sum() - 0.02));
                shape = next;
            }
        }
    }

    [Test]
    public void VectorT_OfOneComponent_IsTheTwoPieceTOfEqualSides()
    {
        double[] values = [-3, -0.2, 0, 1.5];
        Assert.That(new VectorT(new[,] { { 1.7 } }, 8).LogDensities(values), Is.EqualTo(new TwoPieceT(0, 1.7, 1.7, 8).LogDensities(values)).Within(1e-12));
    }

    [Test]
    public void MarginalDensity_IsNearTheSumOfKernels_AndKnowsNumbersFarOutside()
    {
        var values = Enumerable.Range(0, 500).Select(_ => generator.NextGaussian()).ToArray();
        var density = new MarginalDensity(values, null);
        var bandwidth = 1.06 * Math.Sqrt(values.Sum(v => v * v) / 500) * Math.Pow(500, -0.2);
        double Kernels(double at) => values.Average(v => Math.Exp(-0.5 * Math.Pow((at - v) / bandwidth, 2)) / bandwidth / Math.Sqrt(2 * Math.PI));
        Assert.Multiple(() =>
        {
            foreach (var at in (double[])[-1.5, 0, 0.7]) Assert.That(density.At(at), Is.EqualTo(Kernels(at)).Within(0.03));
            Assert.That(density.At(500), Is.GreaterThan(1e-8));
        });
    }

    [Test]
    public void MarginalDensity_GoesToWhereWrongNumbersAre()
    {
        var values = Enumerable.Range(0, 1000).Select(i => generator.NextGaussian() + (i % 10 == 0 ? 8 : 0)).ToArray();
        var wrong = Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? 1.0 : 0).ToArray();
        Assert.That(new MarginalDensity(values, wrong).At(8), Is.GreaterThan(4 * new MarginalDensity(values, null).At(8)));
    }

    [Test]
    public void LocalScale_IsThatOfTheNeighbours_AndOfRightRowsAlone()
    {
        var predicted = Enumerable.Range(0, 2000).Select(i => i / 1000.0).ToArray();
        var errors = predicted.Select(p => Math.Abs(generator.NextGaussian()) * (p > 1 ? 4 : 1)).ToArray();
        var weights = Array.ConvertAll(errors, _ => 1.0);
        for (var i = 0; i < 2000; i += 4) (errors[i], weights[i]) = (100, 0);
        var scales = LocalScale.Of(predicted, errors, weights);
        Assert.Multiple(() =>
        {
            Assert.That(scales[500], Is.EqualTo(1).Within(0.4));
            Assert.That(scales[1500] / scales[500], Is.EqualTo(3).Within(0.6), "4, drawn a little towards that of all");
        });
    }

    [Test]
    public void CentreLine_UndoesAShrinkage_AndLeavesTheRest()
    {
        var right = Enumerable.Range(0, 100).Select(i => i / 10.0).ToArray();
        var even = Array.ConvertAll(right, _ => 1.0);
        Assert.Multiple(() =>
        {
            Assert.That(CentreLine.Fit(Array.ConvertAll(right, y => 0.5 * y + 1), right, even).At(3), Is.EqualTo(4).Within(1e-9));
            Assert.That(CentreLine.Fit(Array.ConvertAll(right, y => 2 * y), right, even), Is.EqualTo(CentreLine.Same));
        });
    }

    [Test]
    public void RankShare_GivesEqualsTheirMeanRank() => Assert.That(RankShare.Of([3, 1, double.NaN, 3, 2]), Is.EqualTo(new[] { 0.875f, 0.25f, float.NaN, 0.875f, 0.5f }));

    private double[] Draws(int count) => [.. Enumerable.Range(0, count).Select(_ => generator.NextDouble())];
}
