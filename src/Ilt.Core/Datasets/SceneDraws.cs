using Ilt.Corruption;

namespace Ilt.Datasets;

/// <summary>Draws of a generator in single precision.</summary>
internal static class SceneDraws
{
    /// <summary>Uniform in [low, high).</summary>
    public static float Between(this SeededGenerator generator, float low, float high) => low + ((high - low) * (float)generator.NextDouble());

    /// <summary>Uniform in [middle - reach, middle + reach).</summary>
    public static float Around(this SeededGenerator generator, float middle, float reach) => generator.Between(middle - reach, middle + reach);
}
