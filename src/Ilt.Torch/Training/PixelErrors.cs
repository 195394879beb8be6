namespace Ilt.Torch;

/// <summary>Errors of maps, on the scale on which they are learned.</summary>
internal static class PixelErrors
{
    /// <summary>The error of one pixel.</summary>
    /// <param name="loss">Squared or absolute.</param>
    /// <param name="difference">Predicted minus given, scaled.</param>
    public static float Of(PixelLoss loss, float difference) => loss == PixelLoss.Squared ? difference * difference : Math.Abs(difference);

    /// <summary>The mean error over the valid pixels; NaN where there is none.</summary>
    /// <param name="loss">Squared or absolute.</param>
    /// <param name="scaling">The task's scale.</param>
    /// <param name="given">A map in the user's units, NaN = no value.</param>
    /// <param name="predicted">A map in the user's units; empty: zero on the scale.</param>
    public static double Mean(PixelLoss loss, TargetScaling scaling, ReadOnlySpan<float> given, ReadOnlySpan<float> predicted)
    {
        var (sum, count) = (0.0, 0);
        for (var pixel = 0; pixel < given.Length; pixel++)
        {
            if (float.IsNaN(given[pixel])) continue;
            var scaled = predicted.IsEmpty ? 0 : scaling.Standardise(predicted[pixel], 0);
            sum += Of(loss, scaled - scaling.Standardise(given[pixel], 0));
            count++;
        }
        return sum / count;
    }
}
