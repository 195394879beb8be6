using System.Globalization;
using System.Numerics;

namespace Ilt.Torch;

/// <summary>Checks of the options of network definitions.</summary>
internal static class NetworkOption
{
    /// <returns>The value, which lies in [smallest, largest].</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static T InRange<T>(T value, T smallest, T largest, string name) where T : INumber<T> =>
        value >= smallest && value <= largest
            ? value
            : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} must lie in [{smallest}, {largest}], found {value}."));

    /// <returns>The values, each of them in [smallest, largest].</returns>
    /// <exception cref="ArgumentException">One is not, or there are too few.</exception>
    public static IReadOnlyList<int> Each(IReadOnlyList<int>? values, int fewest, int smallest, int largest, string name)
    {
        if (values is null || values.Count < fewest) throw new ArgumentException($"{name} needs at least {fewest} number(s), found {values?.Count ?? 0}.", name);
        foreach (var value in values) InRange(value, smallest, largest, name);
        return [.. values];
    }

    /// <summary>The input is an image whose sides are whole multiples of a number of pixels.</summary>
    public static void Divides(InputShape input, int multiple, string network)
    {
        if (!input.Modality.HasPixels)
            throw new ArgumentException($"The {network} takes images, but the input is a {input}; give an image column, or choose the mlp.");
        if (input.Height % multiple == 0 && input.Width % multiple == 0) return;
        throw new ArgumentException(
            $"The {network} halves images so often that height and width must be multiples of {multiple}, but they are {input.Height} x {input.Width}. " +
            $"Resize the images, for example to {Nearest(input.Height)} x {Nearest(input.Width)}.");

        int Nearest(int side) => Math.Max(1, (side + (multiple / 2)) / multiple) * multiple;
    }
}
