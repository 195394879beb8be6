using Ilt.Detectors;
using MathNet.Numerics.Distributions;

namespace Ilt.Auditing;

/// <summary>
/// Images by their losses alone: logarithms of the losses of right ones as a two-piece t, of wrong ones as a normal distribution above it, believed only where a valley
/// lies between the two.
/// </summary>
internal static class ImageShare
{
    private const double Freedom = 8, LeastGain = 10, MostShare = 0.4, FirstShare = 0.1, DeepValley = 0.5, Smallest = 1e-9, Least = 1e-300;
    private const int Steps = 60, ValleySteps = 200, Parameters = 3;
    private static readonly double[] CleanFreedoms = [3, 5, Freedom, 30];

    /// <summary>Decides.</summary>
    /// <param name="losses">One per row that counts, at least 0.</param>
    public static ShareEstimate Of(double[] losses)
    {
        var logs = Array.ConvertAll(losses, loss => Math.Log(Math.Max(0, loss) + Smallest));
        var sorted = logs.Order().ToArray();
        var (median, spread) = (sorted[sorted.Length / 2], Math.Max(1e-3, (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 1.349));
        var scaled = Array.ConvertAll(logs, log => (log - median) / spread);
        var clean = CleanFreedoms.Max(freedom => LogLikelihood(Density(Fit(scaled, freedom), scaled)));
        var (share, bulk, above, deviation) = (FirstShare, TwoPieceT.Standard(Freedom), Math.Max(2, (sorted[^Math.Max(1, sorted.Length / 20)] - median) / spread), 1.0);
        var (right, wrong) = (Density(bulk, scaled), Array.ConvertAll(scaled, value => Normal.PDF(above, deviation, value)));
        var weights = new double[scaled.Length];
        for (var step = 0; step < Steps; step++)
        {
            double sum = 0, mean = 0, square = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var of = share * wrong[i] / Math.Max(Least, (1 - share) * right[i] + share * wrong[i]);
                // Below the bulk a wide normal distribution would win again: a small loss is no sign of a wrong image.
                if (scaled[i] < bulk.Mode) of = 0;
                weights[i] = 1 - of;
                (sum, mean, square) = (sum + of, mean + of * scaled[i], square + of * scaled[i] * scaled[i]);
            }
            if (sum < 1) break;
            (share, above) = (sum / weights.Length, mean / sum);
            deviation = Math.Sqrt(Math.Max(0.01, square / sum - above * above));
            bulk = (TwoPieceT)bulk.Step(scaled, weights);
            (right, wrong) = (Density(bulk, scaled), Array.ConvertAll(scaled, value => Normal.PDF(above, deviation, value)));
        }
        var odds = new double[scaled.Length];
        for (var i = 0; i < odds.Length; i++)
            odds[i] = scaled[i] < bulk.Mode ? Math.Log(Smallest) : Math.Log(Math.Max(share, Smallest) / (1 - share)) + Math.Log(Math.Max(Least, wrong[i])) - Math.Log(Math.Max(Least, right[i]));
        var estimate = new ShareEstimate(WrongShare.Unknown("undecided"), odds);
        var mixed = 0.0;
        for (var i = 0; i < odds.Length; i++) mixed += Math.Log(Math.Max(Least, (1 - share) * right[i] + share * wrong[i]));
        if (2 * (mixed - clean) - Parameters * Math.Log(odds.Length) < LeastGain || share > MostShare || !Valley(bulk, share, above, deviation))
            return estimate.But("the losses of the images do not fall into two groups with a gap between them, so wrong images and hard ones look alike");
        var (low, high) = MixtureShare.Interval(right, wrong);
        return estimate with { Share = new WrongShare(share, low, high, null) };
    }

    private static bool Valley(TwoPieceT bulk, double share, double above, double deviation)
    {
        if (!(above > bulk.Mode)) return false;
        var line = Enumerable.Range(0, ValleySteps + 1).Select(i => bulk.Mode + (above - bulk.Mode) * i / ValleySteps).ToArray();
        var density = Density(bulk, line);
        for (var i = 0; i < density.Length; i++) density[i] = (1 - share) * density[i] + share * Normal.PDF(above, deviation, line[i]);
        return density.Min() < DeepValley * Math.Min(density[0], density[^1]);
    }

    private static TwoPieceT Fit(double[] values, double freedom)
    {
        var all = Array.ConvertAll(values, _ => 1.0);
        IResidualShape shape = TwoPieceT.Standard(freedom);
        for (var step = 0; step < Steps / 2; step++) shape = shape.Step(values, all);
        return (TwoPieceT)shape;
    }

    private static double[] Density(TwoPieceT shape, double[] values) => Array.ConvertAll(shape.LogDensities(values), Math.Exp);

    private static double LogLikelihood(double[] densities) => densities.Sum(density => Math.Log(Math.Max(Least, density)));
}
