using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>All detectors by name. NAME trains under the weighting of the run, WEIGHTING/NAME under that one; the published ones have theirs.</summary>
public static class DetectorCatalog
{
    // Those of any weighting; null is that of the run. A further one is a class and a line here.
    private static readonly Func<LossWeightingKind?, IDetector>[] OfAnyWeighting =
    [
        .. RowScores.All.Select(score => (Func<LossWeightingKind?, IDetector>)(weighting => new RowScoreDetector(score, weighting))),
        weighting => new OutOfFold { Weighting = weighting },
        weighting => new OutOfFoldResidual(new OutOfFold { Weighting = weighting }),
        weighting => new ConfidentLearning(new OutOfFold { Weighting = weighting }),
    ];

    // Those that are trained in a way of their own.
    private static readonly IDetector[] OfTheirOwn =
    [
        new AreaUnderMargin(),
        new CoTeaching(),
        new LossMixture(),
        new Combined(),
        .. TabularModels.Rivals.Select(model => new ModelOutOfFold(model)),
    ];

    /// <summary>One of each: what a user chooses from. Those of the one training stand first.</summary>
    public static IReadOnlyList<IDetector> Plain { get; } = [.. OfAnyWeighting.Select(make => make(null)), .. OfTheirOwn];

    /// <summary>Those, and under equal weights what can be had under them: what experiments compare.</summary>
    public static IReadOnlyList<IDetector> All { get; } =
        [.. Plain, .. OfAnyWeighting.Select(make => make(LossWeightingKind.Equal)).Where(detector => detector.Problem(new TrainingOptions()) is null)];

    /// <summary>What ranks rows where nothing is named: of a table the <see cref="Combined"/> score, of images the noise score.</summary>
    /// <param name="input">Shape of a row's input.</param>
    public static IDetector Default(InputShape input) => input.Modality.IsFlat ? OfAudits : OfOneTraining;

    /// <summary>What an audit asks where nothing is named: the <see cref="Combined"/> score, since models that have not seen the rows have to speak of them.</summary>
    public static IDetector OfAudits => Plain.OfType<Combined>().Single();

    /// <summary>What ranks rows where there is to be no other fit than the training: the noise score.</summary>
    public static IDetector OfOneTraining => Plain[0];

    /// <summary>The detector of a name, in upper or lower case.</summary>
    /// <param name="name">One of <see cref="All"/>, or WEIGHTING/NAME with any weighting.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists those there are.</exception>
    public static IDetector Find(string name)
    {
        if (All.FirstOrDefault(detector => Is(detector, name)) is { } found) return found;
        if (name.Split(DetectorNames.Separator) is [var weighting, _] && LossWeightings.ShortNames.Contains(weighting, StringComparer.OrdinalIgnoreCase))
        {
            var kind = LossWeightings.Parse(weighting);
            if (OfAnyWeighting.Select(make => make(kind)).FirstOrDefault(detector => Is(detector, name)) is { } under)
                return under.Problem(new TrainingOptions()) is { } problem ? throw new ArgumentException(problem + ".") : under;
        }
        throw new ArgumentException(
            $"There is no score or detector '{name}'; expected one of {string.Join(", ", Plain.Select(detector => detector.Name))}, "
            + $"or of these {string.Join(", ", OfAnyWeighting.Select(make => make(null).Name))} with a weighting before it, such as equal/last-loss.");
    }

    private static bool Is(IDetector detector, string name) => detector.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
