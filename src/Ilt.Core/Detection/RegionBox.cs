namespace Ilt.Detection;

/// <summary>The smallest rectangle around a region, in pixels.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
public readonly record struct RegionBox(int Top, int Left, int Height, int Width);
