using System.CommandLine;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Commands;

/// <summary>The options that say how the columns of a table are read, where what is found in them is not what they are.</summary>
internal sealed class ReadingOptionSet
{
    private readonly Option<string[]> missing = OptionValues.Texts("--missing", "Words for missing cells, in place of the usual ones (?, NA, N/A, #N/A and the other errors of Excel, <NA>, null, None, NaN, NaT); they count in quotes too. \",\" names none", "WORD,...");
    private readonly Option<string[]> categories = OptionValues.Texts("--categories", "Columns or patterns that are categories, whatever their texts", "COLUMN,...");
    private readonly Option<string[]> numbers = OptionValues.Texts("--numbers", "Columns or patterns that are numbers; other cells are errors", "COLUMN,...");
    private readonly Option<string[]> dates = OptionValues.Texts("--dates", "Columns or patterns that are dates, with their form where it cannot be found, for example when=dd/MM/yyyy", "COLUMN[=FORM],...");
    private readonly Option<string[]> decimals = OptionValues.Texts("--decimal", "Decimal sign, comma or point, of all columns or of those named (default: found in each column)", "SIGN[:COLUMN,...]");
    private readonly Option<bool> keepSpellings = new("--keep-spellings") { Description = "Keep classes apart that differ in case, blanks or Unicode form only, or as true and 1 do" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[missing, categories, numbers, dates, decimals, keepSpellings])
            command.Options.Add(option);
    }

    /// <summary>What the command line says.</summary>
    public ReadingOptions Read(ParseResult parse) => new()
    {
        Missing = parse.GetValue(missing) is { Length: > 0 } words ? MissingWords.Of(words.SelectMany(list => NameList.Parse(list, missing.Name))) : MissingWords.Default,
        Categories = NameList.ParseAll(parse.GetValue(categories), categories.Name),
        Numbers = NameList.ParseAll(parse.GetValue(numbers), numbers.Name),
        Dates = NameList.ParseAll(parse.GetValue(dates), dates.Name),
        Decimals = [.. (parse.GetValue(decimals) ?? []).Select(Decimal)],
        KeepSpellings = parse.GetValue(keepSpellings),
    };

    private (char Sign, IReadOnlyList<string> Columns) Decimal(string text)
    {
        var colon = text.IndexOf(':');
        var word = colon < 0 ? text : text[..colon];
        var sign = word.Trim().ToLowerInvariant() switch
        {
            "comma" or "," => ',',
            "point" or "." => '.',
            _ => throw new UserErrorException($"{decimals.Name} {text}: expected comma or point, perhaps with columns: {decimals.Name} comma:price,cost."),
        };
        return (sign, colon < 0 ? [] : NameList.Parse(text[(colon + 1)..], decimals.Name));
    }
}
