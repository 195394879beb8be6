namespace Ilt.Detection;

/// <summary>Finds the connected parts of a mask or map that do not fit the image.</summary>
/// <remarks>
/// Heat says per pixel how badly the given label fits: for masks the cross entropy of the given class, for maps the absolute residual in
/// robust standard deviations of the residuals of the whole data set; each as the mean over snapshots of the network during the last epochs. A
/// region's score is its mean heat x the square root of its pixels: twice as sure counts as much as four times as large, so neither the
/// thin seams along the outlines of all things nor single hot pixels come first.
/// </remarks>
public static class RegionFlags
{
    /// <summary>Regions of a mask: connected pixels of one given class and one suggested class that differ.</summary>
    /// <param name="heat">Heat per pixel, H x W, at least 0.</param>
    /// <param name="given">Given class per pixel.</param>
    /// <param name="suggested">Class of the largest mean probability per pixel.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="options">Which regions to report; null = the defaults.</param>
    /// <param name="ignoreValue">Given class of pixels without a label. Default 255.</param>
    /// <returns>The regions, highest score first.</returns>
    /// <exception cref="ArgumentException">Sizes differ, or an option is out of range.</exception>
    public static IReadOnlyList<FlaggedRegion> OfMask(
        ReadOnlySpan<float> heat, ReadOnlySpan<byte> given, ReadOnlySpan<byte> suggested, int height, int width, RegionOptions? options = null, int ignoreValue = 255)
    {
        options ??= new RegionOptions();
        options.Validate();
        CheckSizes(heat.Length, given.Length, suggested.Length, height, width);
        var keys = new int[given.Length];
        var labelled = 0;
        for (var pixel = 0; pixel < keys.Length; pixel++)
        {
            var isLabelled = given[pixel] != ignoreValue;
            labelled += isLabelled ? 1 : 0;
            keys[pixel] = isLabelled && given[pixel] != suggested[pixel] ? (given[pixel] << 8) | suggested[pixel] : -1;
        }

        var found = new RegionSums(keys, height, width);
        for (var pixel = 0; pixel < keys.Length; pixel++)
            found.Add(pixel, heat[pixel], given[pixel], suggested[pixel]);
        return found.List(labelled, options, options.MinimumHeat);
    }

    /// <summary>Regions of a map: connected pixels all of whose given values lie far above the network's, or all far below.</summary>
    /// <param name="heat">Heat per pixel, H x W, at least 0.</param>
    /// <param name="given">Given value per pixel; NaN where there is none.</param>
    /// <param name="suggested">Mean value of the network per pixel.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="options">Which regions to report; null = the defaults.</param>
    /// <returns>The regions, highest score first.</returns>
    /// <exception cref="ArgumentException">Sizes differ, or an option is out of range.</exception>
    public static IReadOnlyList<FlaggedRegion> OfMap(
        ReadOnlySpan<float> heat, ReadOnlySpan<float> given, ReadOnlySpan<float> suggested, int height, int width, RegionOptions? options = null)
    {
        options ??= new RegionOptions();
        options.Validate();
        CheckSizes(heat.Length, given.Length, suggested.Length, height, width);
        var keys = new int[given.Length];
        var labelled = 0;
        for (var pixel = 0; pixel < keys.Length; pixel++)
        {
            var isLabelled = !float.IsNaN(given[pixel]);
            labelled += isLabelled ? 1 : 0;
            keys[pixel] = !isLabelled || !(heat[pixel] > options.MinimumDeviations) ? -1 : given[pixel] > suggested[pixel] ? 1 : 0;
        }

        var found = new RegionSums(keys, height, width);
        for (var pixel = 0; pixel < keys.Length; pixel++)
            found.Add(pixel, heat[pixel], given[pixel], suggested[pixel]);
        return found.List(labelled, options, 0);
    }

    private static void CheckSizes(int heat, int given, int suggested, int height, int width)
    {
        if (height < 1 || width < 1 || heat != (long)height * width || given != heat || suggested != heat)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected heat, given and suggested labels of {height} x {width} pixels; found {heat}, {given} and {suggested} values."));
    }
}
