using System.Globalization;

namespace Ilt.Weighting;

/// <summary>Weightings as text: <c>NAME</c> or <c>NAME:option=number,...</c>, for example <c>gradnorm:alpha=1</c>.</summary>
public static class WeightingSyntax
{
    /// <summary>Reads a weighting with its options.</summary>
    /// <param name="text">A short name in upper or lower case, and after a colon the options that are not to have their defaults.</param>
    /// <returns>The weighting, and its options; null where none is named.</returns>
    /// <exception cref="ArgumentException">Name, option or number is unknown or out of range; the message says what there is.</exception>
    public static (LossWeightingKind Kind, WeightingOptions? Options) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, settings) = text.Split(':', 2) is [var before, var after] ? (before, after) : (text, null);
        var kind = LossWeightings.Parse(name);
        return (kind, settings is null ? null : Options(kind, settings));
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <param name="kind">The weighting.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <returns>Its short name, and the options that do not have their defaults.</returns>
    public static string Format(LossWeightingKind kind, WeightingOptions? options = null)
    {
        var defaults = LossWeightings.DefaultOptions(kind)?.Numbers ?? [];
        var changed = (options?.Numbers ?? []).Zip(defaults).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Name}={pair.First.Value}")).ToArray();
        return LossWeightings.ShortName(kind) + (changed.Length == 0 ? "" : ":" + string.Join(",", changed));
    }

    /// <summary>The options of every weighting that has some, with their defaults: "dwa:temperature=2", ...</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. Enum.GetValues<LossWeightingKind>().Select(kind => (Kind: kind, Numbers: LossWeightings.DefaultOptions(kind)?.Numbers ?? []))
            .Where(entry => entry.Numbers.Count > 0).Select(entry => $"{LossWeightings.ShortName(entry.Kind)}:{Defaults(entry.Numbers)}"),
    ];

    private static WeightingOptions Options(LossWeightingKind kind, string settings)
    {
        var name = LossWeightings.ShortName(kind);
        var options = LossWeightings.DefaultOptions(kind)
            ?? throw new ArgumentException($"The weighting '{name}' has no options of this form; found '{settings}'.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings.Split(','))
        {
            var parts = setting.Split('=');
            var number = options.Numbers.FirstOrDefault(number => string.Equals(number.Name, parts[0].Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"The weighting '{name}' has no option '{parts[0].Trim()}'; it has {Defaults(LossWeightings.DefaultOptions(kind)!.Numbers)}.");
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw new ArgumentException($"'{setting}': expected {number.Name}=NUMBER, with a decimal point.");
            if (!seen.Add(number.Name))
                throw new ArgumentException($"The option '{number.Name}' of the weighting '{name}' is given twice; give it once.");
            options = number.With(value);
        }

        options.Validate();
        return options;
    }

    private static string Defaults(IEnumerable<WeightingNumber> numbers) =>
        string.Join(",", numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Name}={number.Value}")));
}
