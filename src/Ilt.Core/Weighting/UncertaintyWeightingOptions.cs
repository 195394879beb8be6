namespace Ilt.Weighting;

/// <summary>How <see cref="UncertaintyWeighting"/> moves its log-variances. Immutable.</summary>
public sealed record UncertaintyWeightingOptions
{
    /// <summary>Adam's step per batch, about the change of s_k in one batch. Default 0.01; above 0.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <summary>
    /// Factor of s_k in the objective. Default 0.5, that is log sigma_k as in Kendall, Gal and Cipolla (2018); variants use 1. Above 0.
    /// </summary>
    public double LogVarianceFactor { get; init; } = 0.5;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!(StepSize > 0) || double.IsInfinity(StepSize))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(UncertaintyWeightingOptions)}.{nameof(StepSize)} must be a finite number above 0; found {StepSize}."));
        if (!(LogVarianceFactor > 0) || double.IsInfinity(LogVarianceFactor))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(UncertaintyWeightingOptions)}.{nameof(LogVarianceFactor)} must be a finite number above 0; found {LogVarianceFactor}."));
    }
}
