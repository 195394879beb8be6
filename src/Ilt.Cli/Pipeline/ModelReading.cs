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
    public static ModelReading Of(FlagData data) => Of(data.Table, data.Features, data.Labels, data.Ids.Column, data.TrainRows);

    /// <summary>The same from its parts.</summary>
    public static ModelReading Of(Table table, FeaturePlan plan, IReadOnlyList<TaskLabel> labels, string? idColumn, IReadOnlyList<int> trainRows)
    {
        var features = plan.Columns;
        var others = labels.SelectMany(label => label.Columns).Concat(idColumn is { } id ? [table.Column(id, "--id")] : []);
        return new ModelReading(
            table.Missing.IsGiven ? [.. table.Missing.Words] : null,
            [.. features.Select(c => new ModelColumn(c.Name, c.Reading, c.Kind == ColumnKind.Text ? Categories(c) : null) { Trained = TrainedCells.Of(c, trainRows) }), .. others.Distinct().Except(features).Select(c => new ModelColumn(c.Name, c.Reading, null))],
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

    /// <summary>What a table holds that the training rows did not, see <see cref="UnseenCells"/>.</summary>
    public IEnumerable<string> UnseenNotes(Table table) => UnseenCells.Notes(Columns, table);

    private static string[] Categories(TableColumn column) =>
        [.. Enumerable.Range(0, column.Count).Select(column.Category).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>A column that a model reads, or learned from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reading">How it is read.</param>
/// <param name="Values">Of a feature of categories all of them; null for others.</param>
internal sealed record ModelColumn(string Name, ColumnReading Reading, IReadOnlyList<string>? Values)
{
    /// <summary>Of a feature what its cells were in training; null for others, and in files of before 0.2.</summary>
    public TrainedCells? Trained { get; init; }
}
