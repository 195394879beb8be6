using System.Globalization;

namespace Ilt.Weighting;

/// <summary>The options of one kind of weighting. Immutable.</summary>
public abstract record WeightingOptions
{
    /// <summary>The weighting whose options these are.</summary>
    public abstract LossWeightingKind Kind { get; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public abstract void Validate();

    /// <summary>The numbers that the command line lets its users set, by the names it has for them.</summary>
    internal abstract IReadOnlyList<WeightingNumber> Numbers { get; }

    /// <summary>A fresh weighting.</summary>
    internal abstract ILossWeighting Create(WeightingContext context);

    private protected void Require(bool satisfied, string option, double found, string expected)
    {
        if (!satisfied)
            throw new ArgumentException($"{GetType().Name}.{option} must be {expected}; found {found.ToString(CultureInfo.InvariantCulture)}.");
    }

    private protected void RequirePositive(double value, string option) =>
        Require(value > 0 && double.IsFinite(value), option, value, "a finite number above 0");
}

/// <summary>A number among the options of a weighting.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Value">Its value.</param>
/// <param name="With">The options with another value in its place.</param>
internal sealed record WeightingNumber(string Name, double Value, Func<double, WeightingOptions> With);
