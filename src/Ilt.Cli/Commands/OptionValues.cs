using System.CommandLine;
using System.Globalization;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary>Makes options and reads their values with messages that name option, expectation and finding.</summary>
internal static class OptionValues
{
    /// <summary>An option with one text value.</summary>
    public static Option<string?> Text(string name, string help, string valueName, bool required = false) =>
        new(name) { Description = help, HelpName = valueName, Required = required, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Texts(string name, string help, string valueName, bool required = false) =>
        new(name) { Description = help, HelpName = valueName, Required = required, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>An argument with one text value.</summary>
    public static Argument<string> Argument(string name, string help) => new(name) { Description = help };

    /// <summary>
    /// The value as a whole number of at least <paramref name="minimum"/>; null when the option was not given. Messages also name the <paramref name="word"/> it may be.
    /// </summary>
    public static int? Whole(this ParseResult parse, Option<string?> option, int minimum = int.MinValue, string? word = null)
    {
        if (parse.GetValue(option) is not { } text)
            return null;
        var limit = minimum == int.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $" of at least {minimum}");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum
            ? value
            : throw new UserErrorException($"{option.Name} {text}: expected a whole number{limit}{(word is null ? "" : $", or {word}")}.");
    }

    /// <summary>The value as a positive number; null when the option was not given.</summary>
    public static double? Positive(this ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } text
            ? Number(text) is > 0 and var value ? value : throw new UserErrorException($"{option.Name} {text}: expected a number above 0, with a decimal point.")
            : null;

    /// <summary>The value as a number from 0 to 1; null when the option was not given.</summary>
    public static double? Share(this ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } text
            ? Number(text) is >= 0 and <= 1 and var value ? value : throw new UserErrorException($"{option.Name} {text}: expected a number from 0 to 1, with a decimal point.")
            : null;

    /// <summary>The value as the size of an image, HEIGHTxWIDTH; null when the option was not given.</summary>
    public static ImageSize? Size(this ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is not { } text)
            return null;
        var parts = text.Split('x', 'X');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var height) && height is > 0 and <= 16384
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is > 0 and <= 16384
            ? new ImageSize(height, width)
            : throw new UserErrorException($"{option.Name} {text}: expected HEIGHTxWIDTH in pixels, for example {option.Name} 128x256.");
    }

    /// <summary>The text as a finite number, or null.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>One of the allowed words, in any case; null when the option was not given.</summary>
    public static string? OneOf(this ParseResult parse, Option<string?> option, IReadOnlyList<string> words) =>
        parse.GetValue(option) is { } text
            ? words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserErrorException($"{option.Name} {text}: expected one of {string.Join(", ", words)}.")
            : null;
}
