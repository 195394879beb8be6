using System.Globalization;
using System.Text.RegularExpressions;
using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Images;

/// <summary>Says in the user's words what the trainer says of rows and columns that the program made: the line of the table, the column in it.</summary>
internal sealed partial class RowMessages(FlagData data)
{
    /// <summary>The message with lines and columns of the user's table.</summary>
    public string Explain(string message)
    {
        message = ClassMap.Explain(message).Replace($"'{ImageSteps.ImageColumn}'", $"'{data.Images?.Options.Column}'", StringComparison.Ordinal);
        foreach (var label in data.Labels)
            message = message.Replace($"'{label.Spec.LabelColumn}'", $"'{string.Join(", ", label.Columns.Select(c => c.Name))}'", StringComparison.Ordinal);
        message = message
            .Replace("Mend the row, or set OnBadRow to Skip.", "Mend the row, or leave such rows out with --on-bad-row skip.", StringComparison.Ordinal)
            .Replace("say so (MapEncoding.NanIsInvalid)", "say --map-invalid nan", StringComparison.Ordinal);
        return Row().Replace(message, match =>
        {
            var isTraining = match.Groups[1].Value == "Training";
            var (rows, table) = isTraining ? (data.TrainRows, data.Table) : (data.ValidationRows, data.ValidationTable!);
            var position = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) - 1;
            if (position >= rows.Length)
                return match.Value;
            // ML.NET does not say which file it could not decode.
            var path = data.Images is { } images ? images.PathsOf(table)[rows[position]] : "";
            var what = UnreadableImage().Replace(match.Groups[3].Value, image => path.Length > 0 && image.Value.Contains(path, StringComparison.Ordinal) ? image.Value : $"{image.Groups[1].Value}: {path} cannot be decoded; it is damaged, or of a kind that cannot be read");
            return FormattableString.Invariant($"{table.Source.Path}: line {table.Columns[0].LineOf(rows[position])}{what}");
        });
    }

    [GeneratedRegex(@"(Training|Validation) row (\d+)(.*)")]
    private static partial Regex Row();

    [GeneratedRegex(@"(image column '[^']*') cannot be read: .*?(?=\. Mend the row|\.?$)")]
    private static partial Regex UnreadableImage();
}
