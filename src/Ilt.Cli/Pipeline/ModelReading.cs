using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Pipeline;

/// <summary>How a model's tables are read, kept as <c>reading.json</c> in its file: ML.NET keeps numbers and texts, not what they were written as.</summary>
/// <param name="Missing">The words for missing cells that the user named; null: the usual ones.</param>
/// <param name="Columns">The columns of features, labels and ids.</param>
/// <param name="Dates">Features that are made from dates.</param>
internal sealed record ModelReading(IReadOnlyList<string>? Missing, IReadOnlyList<ModelColumn> Columns, IReadOnlyList<DateFeature> Dates)
{
    private const string EntryName = "reading.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What was found in the training table.</summary>
    public static ModelReading Of(FlagData data) => Of(data.Table, data.Features, data.Labels, data.Ids.Column);

    /// <summary>The same from its parts.</summary>
    public static ModelReading Of(Table table, FeaturePlan plan, IReadOnlyList<TaskLabel> labels, string? idColumn)
    {
        var features = plan.Columns;
        var others = labels.SelectMany(label => label.Columns).Concat(idColumn is { } id ? [table.Column(id, "--id")] : []);
        return new ModelReading(
            table.Missing.IsGiven ? [.. table.Missing.Words] : null,
            [.. features.Select(c => new ModelColumn(c.Name, c.Reading, c.Kind == ColumnKind.Text ? Categories(c) : null)), .. others.Distinct().Except(features).Select(c => new ModelColumn(c.Name, c.Reading, null))],
            plan.Dates);
    }

    /// <summary>The readings for a table of the model's.</summary>
    [JsonIgnore]
    public TableReading Reading => new(
        Missing is { } words ? MissingWords.Of(words) : MissingWords.Default,
        Columns.ToDictionary(c => UnicodeForm.Compose(c.Name), c => c.Reading, StringComparer.Ordinal));

    /// <summary>Adds the readings to the file of a model; <paramref name="stream"/> can be read, written and sought.</summary>
    public void Write(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true);
        using var entry = zip.CreateEntry(EntryName).Open();
        JsonSerializer.Serialize(entry, this, Json);
    }

    /// <summary>Reads them from the file of a model; null: it has none.</summary>
    public static ModelReading? Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        if (zip.GetEntry(EntryName) is not { } entry)
            return null;
        using var stream = entry.Open();
        try
        {
            return JsonSerializer.Deserialize<ModelReading>(stream, Json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"its {EntryName} is damaged", e);
        }
    }

    /// <summary>
    /// What a table holds that the training table did not: for each column of categories with such values, their number, an example, and the
    /// number of rows.
    /// </summary>
    public IEnumerable<string> UnseenNotes(Table table)
    {
        foreach (var known in Columns)
        {
            if (known.Values is null || table.Find(known.Name) is not { } column)
                continue;
            var values = known.Values.ToHashSet(StringComparer.Ordinal);
            var unseen = Enumerable.Range(0, table.RowCount).Select(column.Category).Where(text => text.Length > 0 && !values.Contains(text)).ToArray();
            if (unseen.Length == 0)
                continue;
            var distinct = unseen.Distinct(StringComparer.Ordinal).Count();
            yield return FormattableString.Invariant($"column '{known.Name}': {unseen.Length} of {table.RowCount} rows hold {(distinct == 1 ? $"the value '{unseen[0]}'" : $"{distinct} values such as '{unseen[0]}'")} that no training row has; such a row is predicted without it.");
        }
    }

    private static string[] Categories(TableColumn column) =>
        [.. Enumerable.Range(0, column.Count).Select(column.Category).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>A column that a model reads, or learned from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reading">How it is read.</param>
/// <param name="Values">Of a feature of categories all of them; null for others.</param>
internal sealed record ModelColumn(string Name, ColumnReading Reading, IReadOnlyList<string>? Values);
