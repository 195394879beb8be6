using System.Globalization;
using System.Text.Json;
using Ilt.Naming;

namespace Ilt.Experiments;

/// <summary>
/// An object of a JSON file and where it stands. Values are asked for by name and kind; what is of another kind, and at the <see cref="End"/> what
/// nobody asked for, is an <see cref="ExperimentException"/> that names the place.
/// </summary>
/// <remarks>JSON, and neither YAML nor TOML: the runtime reads it without a package, and it has one way to write a value.</remarks>
internal sealed class JsonPlace
{
    private readonly JsonElement element;
    private readonly string file;
    private readonly string path;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private JsonPlace(JsonElement element, string file, string path) => (this.element, this.file, this.path) = (element, file, path);

    /// <summary>Reads a text with one object; comments and trailing commas are allowed.</summary>
    public static JsonPlace Parse(string text, string file)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(text, options);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object
                ? new JsonPlace(root, file, "")
                : throw new ExperimentException($"{file}: expected an object in braces, found {Describe(root)}.");
        }
        catch (JsonException e)
        {
            throw new ExperimentException($"{file}: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: this is no JSON ({e.Message.Split(". LineNumber")[0].TrimEnd('.')}).", e);
        }
    }

    /// <summary>The object whose properties are replaced by those of a section of it; the object itself, without a glance at the section, where it is not <paramref name="wanted"/>.</summary>
    public JsonPlace With(string section, bool wanted)
    {
        var found = Object(section);
        if (!wanted) return this;
        if (found is null) throw Missing(section, $"an object with what --{section} changes");
        var properties = element.EnumerateObject().Where(property => property.Name != section).ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        foreach (var property in found.element.EnumerateObject()) properties[property.Name] = property.Value;
        return new JsonPlace(JsonSerializer.SerializeToElement(properties), file, path);
    }

    /// <summary>Where a property stands, "file: data[2].rows".</summary>
    public string Where(string name = "") => $"{file}: {(path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}")}";

    /// <summary>The names that stand here.</summary>
    public IEnumerable<string> Names => element.EnumerateObject().Select(property => property.Name);

    /// <summary>Whether a property is given.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text; null where it is not given.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Error(name, "a text", value);

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name, "a text");

    /// <summary>One of several words, in any case; null where it is not given.</summary>
    public string? OneOf(string name, IReadOnlyCollection<string> words)
    {
        if (Text(name) is not { } text) return null;
        return words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExperimentException($"{Where(name)}: there is no '{text}'; {NearestName.Advice(text, words)}");
    }

    /// <summary>A number within limits; null where it is not given.</summary>
    public double? Number(string name, double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        Find(name) is { } value ? Number(name, value, low, high) : null;

    /// <summary>A whole number of at least <paramref name="low"/>; null where it is not given.</summary>
    public int? Whole(string name, int low = 0)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= low
            ? number
            : throw Error(name, $"a whole number{(low == int.MinValue ? "" : $" of at least {low}")}", value);
    }

    /// <summary>true or false; null where it is not given.</summary>
    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Error(name, "true or false", value);

    /// <summary>A list of numbers, or one; null where it is not given.</summary>
    public IReadOnlyList<double>? Numbers(string name, double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        Find(name) is { } value ? [.. Items(value).Select((item, i) => Number(At(name, value, i), item, low, high))] : null;

    /// <summary>A list of whole numbers, or one; null where it is not given.</summary>
    public IReadOnlyList<int>? Wholes(string name, int low = 0) => Find(name) is { } value
        ? [.. Items(value).Select((item, i) => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= low ? number : throw Error(At(name, value, i), $"a whole number{(low == int.MinValue ? "" : $" of at least {low}")}", item))]
        : null;

    /// <summary>A list of texts, or one; null where it is not given.</summary>
    public IReadOnlyList<string>? Texts(string name) => Find(name) is { } value
        ? [.. Items(value).Select((item, i) => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Error(At(name, value, i), "a text", item))]
        : null;

    /// <summary>Rows of numbers; null where they are not given.</summary>
    public double[][]? Matrix(string name) => Find(name) is not { } value ? null
        : value.ValueKind != JsonValueKind.Array ? throw Error(name, "a list of lists of numbers", value)
        : [.. Items(value).Select((row, i) => row.ValueKind == JsonValueKind.Array
            ? row.EnumerateArray().Select((item, j) => Number($"{name}[{i}][{j}]", item, double.NegativeInfinity, double.PositiveInfinity)).ToArray()
            : throw Error($"{name}[{i}]", "a list of numbers", row))];

    /// <summary>An object; null where it is not given.</summary>
    public JsonPlace? Object(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? Inside(name, value) : throw Error(name, "an object in braces", value);

    /// <summary>A list of objects, or one; a text stands for an object whose <paramref name="named"/> it is. Empty where none is given.</summary>
    public IReadOnlyList<JsonPlace> Objects(string name, string? named = null)
    {
        if (Find(name) is not { } value) return [];
        return [.. Items(value).Select((item, i) => item.ValueKind switch
        {
            JsonValueKind.Object => Inside(At(name, value, i), item),
            JsonValueKind.String when named is not null => Inside(At(name, value, i), JsonSerializer.SerializeToElement(new Dictionary<string, string?> { [named] = item.GetString() })),
            _ => throw Error(At(name, value, i), named is null ? "an object in braces" : "a text or an object in braces", item),
        })];
    }

    /// <summary>Refuses what nobody asked for, and what stands here twice.</summary>
    public void End()
    {
        var twice = Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ExperimentException($"{Where(twice.Key)}: stands here twice; leave one.");
        if (Names.FirstOrDefault(name => !asked.Contains(name)) is { } unknown)
            throw new ExperimentException($"{Where(unknown)}: there is no such property; {NearestName.Advice(unknown, asked)}");
    }

    /// <summary>The object without some properties, in one way of writing: names in order, no white space.</summary>
    public string Canonical(params ReadOnlySpan<string> without)
    {
        var left = without.ToArray();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) Write(writer, element, left);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>An error about a property.</summary>
    public ExperimentException Error(string name, string message) => new($"{Where(name)}: {message}");

    /// <summary>An error about a property that is missing.</summary>
    public ExperimentException Missing(string name, string expected)
    {
        var mistyped = NearestName.Find(name, Names.Where(other => !asked.Contains(other)));
        return new($"{Where(name)}: expected {expected}, found {(mistyped is null ? "nothing; add it" : $"'{mistyped}'; write '{name}'")}.");
    }

    private JsonElement? Find(string name)
    {
        asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private JsonPlace Inside(string name, JsonElement value) => new(value, file, path.Length == 0 ? name : $"{path}.{name}");

    private double Number(string name, JsonElement value, double low, double high) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= low && number <= high
            ? number
            : throw Error(name, (double.IsFinite(low), double.IsFinite(high)) switch
            {
                (true, true) => string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $"a number of at least {low}"),
                _ => "a number",
            }, value);

    private ExperimentException Error(string name, string expected, JsonElement found) => new($"{Where(name)}: expected {expected}, found {Describe(found)}.");

    private static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static string At(string name, JsonElement list, int i) => list.ValueKind == JsonValueKind.Array ? $"{name}[{i}]" : name;

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text '{value.GetString()}'",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
        JsonValueKind.Object => "an object",
        _ => "nothing",
    };

    private static void Write(Utf8JsonWriter writer, JsonElement value, string[] without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().Where(property => !without.Contains(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, []);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item, []);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(value.GetDouble());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
