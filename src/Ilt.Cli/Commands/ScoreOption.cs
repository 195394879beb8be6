using System.CommandLine;
using Ilt.Detectors;
using Ilt.Torch;

namespace Ilt.Cli.Commands;

/// <summary>The option of <c>ilt flag</c> that names the score or detector; its help names all there are.</summary>
internal static class ScoreOption
{
    private const string Name = "--score", FastName = "--fast";

    /// <summary>The option that names the quickest one.</summary>
    public static Option<bool> CreateFast() => new(FastName)
    {
        Description = $"Rank by {DetectorCatalog.OfOneTraining.Name} of the one training, without fits of other models",
    };

    /// <summary>The option.</summary>
    public static Option<string?> Create() => OptionValues.Text(
        Name,
        $"By what rows are ranked (default: {Default()}). "
            + $"One of {string.Join(", ", DetectorCatalog.Plain.Select(detector => detector.Name))}; or WEIGHTING/NAME, which trains under another weighting, "
            + "such as equal/last-loss. docs/reference/detectors.md says what each is",
        "NAME");

    private static string Default()
    {
        var (tables, images) = (DetectorCatalog.Default(new InputShape(1)).Name, DetectorCatalog.Default(new InputShape(3, 1, 1)).Name);
        return tables == images ? tables : $"{tables}; images: {images}";
    }

    /// <summary>The detector named; null: none was.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="fast">The option for the quickest one.</param>
    /// <param name="training">The options of the training.</param>
    /// <exception cref="UserErrorException">There is none of this name, or it has nothing to say under this weighting.</exception>
    public static IDetector? Read(ParseResult parse, Option<string?> option, Option<bool> fast, TrainingOptions training)
    {
        if (parse.GetValue(option) is not { } name) return parse.GetValue(fast) ? DetectorCatalog.OfOneTraining : null;
        if (parse.GetValue(fast)) throw new UserErrorException($"{Name} {name} and {FastName}: both say by what rows are ranked; leave one of them out.");
        IDetector detector;
        try
        {
            detector = DetectorCatalog.Find(name);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{Name} {name}: {e.Message}", e);
        }
        return detector.Problem(training) is { } problem ? throw new UserErrorException($"{Name} {name}: {problem}; name that --weighting, or another score.") : detector;
    }
}
