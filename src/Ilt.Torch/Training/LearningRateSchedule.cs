namespace Ilt.Torch;

/// <summary>The learning rate of each step: a short linear rise, then half a cosine down to a twentieth of the peak.</summary>
internal static class LearningRateSchedule
{
    private const double Rise = 0.05;
    private const double Floor = 0.05;

    /// <param name="peak">The highest rate.</param>
    /// <param name="progress">Share of the run's steps taken, in [0, 1].</param>
    public static double At(double peak, double progress)
    {
        if (progress < Rise) return peak * (0.1 + 0.9 * progress / Rise);
        var fall = (progress - Rise) / (1 - Rise);
        return peak * (Floor + (1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * fall)));
    }
}
