using Ilt.Cli.Images;
using Ilt.Corruption;

namespace Ilt.Cli.Tasks;

/// <summary>How <c>ilt corrupt</c> makes labels wrong.</summary>
/// <param name="Kind">The value of --kind.</param>
/// <param name="Fraction">Share of the labelled rows.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Low">Lower end of --range; <see cref="double.NaN"/>: none was given.</param>
/// <param name="High">Upper end.</param>
internal sealed record CorruptionRecipe(string Kind, double Fraction, int Seed, double Low, double High)
{
    private static readonly (string Name, LabelCorruptionKind Kind)[] Kinds =
    [
        ("flip", LabelCorruptionKind.UniformFlip),
        ("pair", LabelCorruptionKind.PairFlip),
        ("permute", LabelCorruptionKind.PermuteClasses),
        ("uniform", LabelCorruptionKind.UniformNoise),
        ("gaussian", LabelCorruptionKind.GaussianNoise),
        ("swap", LabelCorruptionKind.Swap),
    ];

    /// <summary>All values of --kind: those of labels in the table itself, then the others.</summary>
    public static IReadOnlyList<string> KindNames { get; } =
        [.. Kinds.Select(kind => kind.Name).Concat(TaskSyntaxes.All.SelectMany(syntax => syntax.Corruptions)).Distinct()];

    /// <summary>Where the files of masks and maps are, how they are read, and where the new ones go; null for other tasks.</summary>
    public CorruptFileOptions? Files { get; init; }

    /// <summary>Makes labels in the table itself wrong, and gives which; what cannot be is a <see cref="UserErrorException"/>.</summary>
    public bool[] Apply(TaskSpec spec, Func<LabelCorruption, bool[]> corrupt)
    {
        try
        {
            var kind = Kinds.First(kind => kind.Name == Kind).Kind;
            return corrupt(new LabelCorruption { Kind = kind, Fraction = Fraction, Seed = Seed, Low = Low, High = High });
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{spec.Option}: {e.Message}", e);
        }
    }
}

/// <summary>Labels made wrong.</summary>
/// <param name="Wrong">Which rows.</param>
/// <param name="NewText">The new cell of a wrong row, by row and place of the column among those of all tasks; null: as it was.</param>
internal sealed record CorruptedLabels(bool[] Wrong, Func<int, int, string?> NewText)
{
    /// <summary>What to tell of the labels.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
