using Ilt.Corruption;

namespace Ilt.Bodies;

/// <summary>Random changes of a <see cref="PersonView"/> for training, as in BodyNet (Varol et al., 2018): flips, turns, sizes and colours. Immutable.</summary>
public sealed record BodyAugmentation
{
    /// <summary>How often the picture is mirrored. Default 0.5; 0 .. 1.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Largest turn of the picture to either side, degrees. Default 20; 0 .. 180.</summary>
    public double Degrees { get; init; } = 20;

    /// <summary>Largest change of the person's size, as a share: from 1 - this to 1 + this. Default 0.2; 0 .. 0.9.</summary>
    public double Scale { get; init; } = 0.2;

    /// <summary>Largest change of each colour channel, as a share. Default 0.2; 0 .. 1.</summary>
    public double Colour { get; init; } = 0.2;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Check(FlipProbability, 1, nameof(FlipProbability));
        Check(Degrees, 180, nameof(Degrees));
        Check(Scale, 0.9, nameof(Scale));
        Check(Colour, 1, nameof(Colour));
    }

    /// <summary>A changed view.</summary>
    /// <param name="view">The view of the picture as it is.</param>
    /// <param name="seed">Another one for every picture and epoch.</param>
    /// <returns>A view of the same size.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PersonView Draw(PersonView view, int seed)
    {
        ArgumentNullException.ThrowIfNull(view);
        Validate();
        var generator = new SeededGenerator(seed);
        double Around(double middle, double reach) => middle + (reach * ((2 * generator.NextDouble()) - 1));
        var flip = generator.NextDouble() < FlipProbability;
        var degrees = Around(0, Degrees);
        var scale = Around(1, Scale);
        return view with
        {
            Flip = view.Flip != flip,
            Degrees = view.Degrees + degrees,
            Side = view.Side / scale,
            Gains = (Around(1, Colour), Around(1, Colour), Around(1, Colour)),
        };
    }

    private static void Check(double value, double largest, string name)
    {
        if (!(value >= 0 && value <= largest))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(BodyAugmentation)}.{name} must be between 0 and {largest}; found {value}."));
    }
}
