using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>What to say of features that are texts: too many different ones are refused, and such as begin like numbers are named.</summary>
internal static class TextFeatures
{
    private const int AlwaysAllowedCategories = 50;
    private const int RowsPerCategory = 100;
    private const double MostlyLikeNumbers = 0.5;

    /// <summary>Refuses a column with too many different texts, with advice.</summary>
    public static void RefuseManyCategories(TableColumn column)
    {
        var distinct = column.DistinctCount;
        var limit = Math.Max(AlwaysAllowedCategories, column.Count / RowsPerCategory);
        var nearlyUnique = distinct > 10 && distinct * 2 > column.Count;
        if (distinct <= limit && !nearlyUnique)
            return;
        throw new UserErrorException($"column '{column.Name}' is text with {distinct} different values in {column.Count} rows, too many for a feature; {Advice(column)} --ignore \"{column.Name}\".");
    }

    /// <summary>The note on a column of categories half of whose cells, or more, begin like numbers; null: there is nothing to say.</summary>
    public static string? Note(TableColumn column)
    {
        var forms = NumberForms.Of(column);
        if (forms.NumberShare == 1)
            return null;
        if (forms.HasOdd && forms.Share >= MostlyLikeNumbers)
            return FormattableString.Invariant($"column '{column.Name}': {forms.Share:P0} of its cells begin like numbers, but each text is a category as they are written: {forms.Describe()}; {forms.Advice()}; --categories \"{column.Name}\" takes them as they are.");
        return forms.NumberShare > MostlyLikeNumbers
            ? FormattableString.Invariant($"column '{column.Name}': {forms.NumberShare:P0} of its cells are numbers, others are not ('{column.Text(column.FirstText)}' on line {column.LineOf(column.FirstText)}), so each text is a category; --numbers \"{column.Name}\" asks for numbers throughout.")
            : null;
    }

    private static string Advice(TableColumn column)
    {
        var forms = NumberForms.Of(column);
        if (forms.NumberShare == 1)
            return $"to learn from its numbers say --numbers \"{column.Name}\", if it names the rows say --id \"{column.Name}\", to leave it out say";
        if (forms.HasOdd && forms.Share >= MostlyLikeNumbers)
            return $"its cells begin like numbers, but as they are written they are none: {forms.Describe()}; {forms.Advice()}; if it names the rows say --id \"{column.Name}\", to leave it out say";
        return forms.NumberShare > MostlyLikeNumbers
            ? $"most of its cells are numbers, but '{column.Text(column.FirstText)}' on line {column.LineOf(column.FirstText)} is none{(column.Reading.Number.IsPlain ? "" : $" ({column.Reading.Number.Describe()})")}: mend the cells, or leave the column out with"
            : $"if it names the rows say --id \"{column.Name}\"; to learn from it make it numbers or few groups; to leave it out say";
    }
}
