namespace Ilt.Weighting;

/// <summary>A weighting of the user's own. One is made for each fit, so it may keep what it learns in fields.</summary>
/// <remarks>Code is not saved: a checkpoint knows the name, and goes on with the weighting of that name.</remarks>
/// <param name="Name">The user's name for it, with all that changes its results, such as its numbers.</param>
/// <param name="Create">Makes a fresh weighting for a run.</param>
public sealed record CustomWeighting(string Name, Func<WeightingContext, ILossWeighting> Create)
{
    /// <summary>Makes a weighting.</summary>
    /// <exception cref="ArgumentException">The function gave none.</exception>
    internal ILossWeighting Make(WeightingContext context) =>
        Create(context) ?? throw new ArgumentException($"The function of the weighting '{Name}' gave no weighting.");
}
