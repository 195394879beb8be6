using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>NAME is what is read off trainings under the weighting of the run, WEIGHTING/NAME off those under that one.</summary>
internal static class DetectorNames
{
    /// <summary>Stands between a weighting, or another source, and a name.</summary>
    public const char Separator = '/';

    /// <summary>The name of a detector under a weighting; null: under that of the run.</summary>
    public static string Under(LossWeightingKind? weighting, string name) => weighting is { } kind ? $"{LossWeightings.ShortName(kind)}{Separator}{name}" : name;

    /// <summary>The name of a detector that is fed by another one.</summary>
    public static string Of(IDetector source, string name) => source is OutOfFold { Weighting: var weighting } ? Under(weighting, name) : $"{source.Name}{Separator}{name}";
}
