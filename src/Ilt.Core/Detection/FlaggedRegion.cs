namespace Ilt.Detection;

/// <summary>A connected part of a mask or map that does not fit the image.</summary>
/// <param name="Given">Mask: the given class. Map: mean of the given values.</param>
/// <param name="Suggested">Mask: the class the network sees. Map: mean of the network's values.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Pixels">Its pixels.</param>
/// <param name="Share">Its pixels as a share of those of the image that have a label, above 0 to 1.</param>
/// <param name="MeanHeat">Mean heat of its pixels.</param>
/// <param name="Score">Mean heat x square root of its pixels; the list is in descending order of it.</param>
public sealed record FlaggedRegion(float Given, float Suggested, RegionBox Box, int Pixels, double Share, double MeanHeat, double Score);
