namespace Ilt.Corruption;

/// <summary>Ways of making maps of numbers wrong on purpose.</summary>
public enum MapCorruptionKind
{
    /// <summary>Adds to every pixel a number drawn uniformly from [Low, High) (the paper's noise for depth).</summary>
    UniformNoise,

    /// <summary>Replaces every pixel by a number drawn uniformly from [Low, High): nothing of the map is left.</summary>
    UniformValues,

    /// <summary>The chosen images exchange their maps among each other.</summary>
    Swap,
}
