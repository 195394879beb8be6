namespace Ilt.Auditing;

/// <summary>What a model of the labels says of the rows it was fitted to.</summary>
/// <param name="Share">Share of wrong labels, or why it cannot be told.</param>
/// <param name="LogOdds">Per row that counts, in their order, log odds that its label is wrong; null: not even that is known.</param>
internal sealed record ShareEstimate(WrongShare Share, double[]? LogOdds)
{
    /// <summary>Labels that are needed at least.</summary>
    internal const int FewestLabels = 500;

    /// <summary>What two estimates may differ by.</summary>
    internal const double MostDifference = 0.05;

    /// <summary>Nothing is known.</summary>
    public static ShareEstimate Unknown(string why) => new(WrongShare.Unknown(why), null);

    /// <summary>The same rows, but the share cannot be told.</summary>
    public ShareEstimate But(string why) => this with { Share = WrongShare.Unknown(why) };

    /// <summary>A share in percent, for messages.</summary>
    public static string Percent(double share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * share:F0} %");
}
