namespace Ilt.Detectors;

/// <summary>All scores that are read off one training.</summary>
public static class RowScores
{
    /// <summary>The scores, the noise score first. A further one is a class and a line here.</summary>
    public static IReadOnlyList<IRowScore> All { get; } =
    [
        new NoiseScore(),
        new LogVariance(),
        new LastLoss(),
        new MeanLoss(),
        new Margin(),
        new Forgetting(),
        new Temperature(),
    ];

    /// <summary>The score of a name, in upper or lower case.</summary>
    /// <param name="name">An <see cref="IRowScore.Name"/>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists those there are.</exception>
    public static IRowScore Find(string name) =>
        All.FirstOrDefault(score => score.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no score '{name}'; expected one of {string.Join(", ", All.Select(score => score.Name))}.", nameof(name));
}
