using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Signs that masks show background and foreground although their numbers could be class ids beside 255 for "no label".</summary>
internal static class MaskDoubt
{
    // Shares of pixels. Noise of a format stays near the two numbers; edges are thin beside what they part.
    private const double NoiseShare = 0.95, MostRampShare = 0.3, OnEdgeShare = 0.5;

    // Edges have numbers of the whole way from 0 to 255, which ids of classes rarely reach.
    private const int FewestRampIds = 3, LowOnRamp = 96, HighOnRamp = 160;

    /// <summary>What speaks for background and foreground, as a sentence that ends with what to say; null: nothing does.</summary>
    /// <param name="survey">What the files hold.</param>
    public static string? Of(MaskSurvey survey)
    {
        if (IsBlurred(survey))
            return FormattableString.Invariant($"{survey.Numbers.Count} numbers; {Blur(survey)}: background and foreground with blurred edges, as JPEG or smoothing leaves them, rather than classes; ")
                + "--classes-map binary parts them at 128 (if they are classes all the same, list them in a CSV file for --classes-map).";
        if (!IsMixed(survey))
            return null;
        var other = survey.Numbers.Keys.First(id => id is not (0 or MaskEncoding.Ignored));
        return FormattableString.Invariant($"{survey.FilesOf255Alone} of {survey.Files} masks hold no number but 255 beside 0, {survey.FilesWithout255} none but {other}, and no mask has both, so that 255 rather is foreground too than no label; ")
            + "--classes-map binary takes all but 0 as foreground (if 255 means no label, say --ignore-value 255).";
    }

    /// <summary>Whether masks of 0 and 255 have lost their sharp edges: numbers near the two, or thin edges of many numbers between them.</summary>
    public static bool IsBlurred(MaskSurvey survey)
    {
        var numbers = survey.Numbers;
        if (survey.ColourFiles > 0 || survey.PaletteFiles > 0 || numbers.Keys.Any(id => id is < 0 or > byte.MaxValue))
            return false;
        var (low, between, high) = Pixels(survey);
        if (low == 0 || high == 0 || survey.Edges.OnEdges < OnEdgeShare * survey.Edges.Seen)
            return false;
        // One number beside 0 and 255 may well be a class.
        var noise = (Low: numbers.Keys.Count(id => id > 0 && MaskEdges.IsLow(id)), High: numbers.Keys.Count(id => id < byte.MaxValue && MaskEdges.IsHigh(id)));
        var isNoise = noise.High > 0 && noise.Low + noise.High > 1 && low + high >= NoiseShare * (low + between + high);
        var ramp = numbers.Where(entry => !MaskEdges.IsLow(entry.Key) && !MaskEdges.IsHigh(entry.Key)).ToArray();
        var isWholeWay = ramp.Length >= FewestRampIds && ramp.Min(entry => entry.Key) <= LowOnRamp && ramp.Max(entry => entry.Key) >= HighOnRamp;
        return isNoise || (isWholeWay && between <= MostRampShare * (low + between + high) && 2 * ramp.Max(entry => entry.Value.Pixels) <= Math.Min(low, high));
    }

    /// <summary>The shares by which blurred masks are known.</summary>
    public static string Blur(MaskSurvey survey)
    {
        var (low, between, high) = Pixels(survey);
        var total = (double)(low + between + high);
        return FormattableString.Invariant($"{low / total:P1} of the pixels are within {MaskEdges.Near} of 0, {high / total:P1} within {MaskEdges.Near} of 255{(between == 0 ? "" : FormattableString.Invariant($", {between / total:P1} between, on edges"))}");
    }

    // Ids of which 255 could be one are left to the rules for those.
    private static bool IsMixed(MaskSurvey survey) =>
        survey.ColourFiles == 0 && survey.FilesOf255Alone > 0 && survey.FilesWithout255 > 0 && survey.FilesOf255AndOthers == 0
        && survey.Numbers.Count == 3 && survey.Numbers.ContainsKey(0) && survey.Numbers.Keys.All(id => id == MaskEncoding.Ignored || MaskEdges.IsLow(id));

    private static (long Low, long Between, long High) Pixels(MaskSurvey survey)
    {
        long Sum(Func<int, bool> has) => survey.Numbers.Where(entry => has(entry.Key)).Sum(entry => entry.Value.Pixels);
        var (low, high) = (Sum(MaskEdges.IsLow), Sum(MaskEdges.IsHigh));
        return (low, Sum(_ => true) - low - high, high);
    }
}
