namespace Ilt.Cli.Tables;

/// <summary>
/// Reads dense ARFF: numeric, real, integer, string, date and nominal attributes, quoted names, keywords in any case, <c>?</c> for
/// missing. Sparse rows, instance weights and relational attributes are refused.
/// </summary>
internal static class ArffReader
{
    /// <summary>Reads the table.</summary>
    public static Table Read(SourceText source)
    {
        var lines = source.Decode().Split('\n');
        var attributes = new List<Attribute>();
        var at = ReadHeader(source.Path, lines, attributes);
        var cells = attributes.Select(_ => new List<string>()).ToArray();
        var lineOfRow = new List<int>();
        for (; at < lines.Length; at++)
        {
            if (IsBlankOrComment(lines[at]))
                continue;
            ReadRow(source.Path, at + 1, lines[at].TrimEnd('\r'), attributes, cells);
            lineOfRow.Add(at + 1);
        }

        if (lineOfRow.Count == 0)
            throw new UserErrorException($"{source.Path}: there are no data rows after @data; add rows.");
        var starts = lineOfRow.ToArray();
        var columns = attributes.Select((a, i) => new TableColumn(source.Path, a.Name, cells[i].ToArray(), starts, a.Kind)).ToArray();
        return new Table(source, TableFormat.Arff, columns);
    }

    /// <summary>Whether a line of the data section carries no row.</summary>
    public static bool IsBlankOrComment(string line)
    {
        var content = line.AsSpan().Trim();
        return content.IsEmpty || content[0] == '%';
    }

    /// <summary>Whether a line starts the data section.</summary>
    public static bool IsDataKeyword(string line) => Keyword(line, "@data");

    private static int ReadHeader(string path, string[] lines, List<Attribute> attributes)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (IsBlankOrComment(line) || Keyword(line, "@relation"))
                continue;
            if (IsDataKeyword(line))
            {
                return attributes.Count > 0
                    ? i + 1
                    : throw new UserErrorException($"{path}: line {i + 1} starts the data, but no @attribute came before; declare the columns.");
            }

            if (!Keyword(line, "@attribute"))
                throw new UserErrorException($"{path}: line {i + 1}: expected @relation, @attribute or @data, found '{Short(line)}'; mend the line, or start it with % if it is a comment.");
            var attribute = ReadAttribute(path, i + 1, line["@attribute".Length..].Trim());
            if (attributes.Any(a => a.Name == attribute.Name))
                throw new UserErrorException($"{path}: line {i + 1} declares a second attribute '{attribute.Name}'; give each its own name.");
            attributes.Add(attribute);
        }

        throw new UserErrorException($"{path}: the file has no @data line; an ARFF file needs one before its rows.");
    }

    private static Attribute ReadAttribute(string path, int line, string declaration)
    {
        var position = 0;
        if (ArffLine.ReadField(declaration, ref position, endsAtBlank: true) is not { Value.Length: > 0 } name)
            throw new UserErrorException($"{path}: line {line}: cannot read the attribute's name in '{Short(declaration)}'; write @attribute NAME TYPE.");
        var type = declaration[position..].Trim();
        if (type.StartsWith('{') && type.EndsWith('}'))
        {
            var values = ArffLine.Split(type[1..^1])
                ?? throw new UserErrorException($"{path}: line {line}: cannot read the values of attribute '{name.Value}'; quote values that hold commas.");
            return new Attribute(name.Value, ColumnKind.Text, values.Select(v => v.Value).ToHashSet(StringComparer.Ordinal));
        }

        var word = type.Split([' ', '\t'], 2)[0].ToLowerInvariant();
        return word switch
        {
            "numeric" or "real" or "integer" => new Attribute(name.Value, ColumnKind.Number, null),
            "string" or "date" => new Attribute(name.Value, ColumnKind.Text, null),
            _ => throw new UserErrorException($"{path}: line {line}: attribute '{name.Value}' has type '{Short(type)}'; expected numeric, real, integer, string, date or {{a,b,...}}."),
        };
    }

    private static void ReadRow(string path, int line, string text, List<Attribute> attributes, List<string>[] cells)
    {
        if (text.TrimStart().StartsWith('{'))
            throw new UserErrorException($"{path}: line {line} is a sparse row ({{...}}), which is not supported; write the rows out with all their values.");
        var fields = ArffLine.Split(text)
            ?? throw new UserErrorException($"{path}: line {line} has a quote in a place where it does not belong; quote whole values.");
        if (fields.Count != attributes.Count)
            throw new UserErrorException($"{path}: line {line} has {fields.Count} values, the header declares {attributes.Count} attributes; mend the row.");
        for (var i = 0; i < fields.Count; i++)
        {
            var value = fields[i].Value;
            var attribute = attributes[i];
            if (!MissingValues.IsMissing(value))
            {
                if (attribute.Values is { } known && !known.Contains(value))
                    throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is not among the declared values of attribute '{attribute.Name}'; mend the cell or the declaration.");
                if (attribute.Kind == ColumnKind.Number && !Numbers.TryParse(value, out _))
                    throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is no number, but attribute '{attribute.Name}' is numeric; mend the cell, or write ? if it is missing.");
            }

            cells[i].Add(value);
        }
    }

    private static bool Keyword(string line, string keyword)
    {
        var content = line.AsSpan().TrimStart();
        return content.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
            && (content.Length == keyword.Length || char.IsWhiteSpace(content[keyword.Length]));
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "..." : text;

    private sealed record Attribute(string Name, ColumnKind Kind, HashSet<string>? Values);
}
