namespace Ilt.Cli.Tables;

/// <summary>
/// Reads ARFF as Weka and OpenML write it: numeric, real, integer, string, date and nominal attributes, quoted names, keywords in any case,
/// comments, tabs, sparse rows, weights of rows (which nothing here uses, and a note says so), <c>?</c> for missing. Relational attributes
/// are refused.
/// </summary>
internal static class ArffReader
{
    /// <summary>Reads the cells.</summary>
    public static RawTable Read(SourceText source)
    {
        var lines = source.Decode().Split('\n');
        var attributes = new List<Attribute>();
        var at = ReadHeader(source.Path, lines, attributes);
        var cells = attributes.Select(_ => new List<string>()).ToArray();
        var quoted = attributes.Select(_ => new List<bool>()).ToArray();
        var lineOfRow = new List<int>();
        var weighted = 0;
        for (; at < lines.Length; at++)
        {
            if (IsBlankOrComment(lines[at]))
                continue;
            weighted += ReadRow(source.Path, at + 1, lines[at].TrimEnd('\r'), attributes, cells, quoted).Weight == 1 ? 0 : 1;
            lineOfRow.Add(at + 1);
        }

        if (lineOfRow.Count == 0)
            throw new UserErrorException($"{source.Path}: there are no data rows after @data; add rows.");
        var columns = attributes.Select((a, i) => new RawColumn(a.Name, new TextCells([.. cells[i]], [.. quoted[i]]))
        {
            Declared = a.Kind, DateFormat = a.DateFormat, DeclaresMissing = a.Values is not null || a.Kind == ColumnKind.Date,
        }).ToArray();
        return new RawTable(source, TableFormat.Arff, columns, [.. lineOfRow])
        {
            Notes = weighted == 0 ? [] : [FormattableString.Invariant($"{source.Path}: {weighted} row{(weighted == 1 ? " has a weight" : "s have weights")} other than 1, which {(weighted == 1 ? "is" : "are")} not used: all rows count alike.")],
        };
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
            if (attributes.Any(a => UnicodeForm.Compose(a.Name) == UnicodeForm.Compose(attribute.Name)))
                throw new UserErrorException($"{path}: line {i + 1} declares a second attribute '{attribute.Name}'; give each its own name.");
            attributes.Add(attribute);
        }

        throw new UserErrorException($"{path}: the file has no @data line; an ARFF file needs one before its rows.");
    }

    private static Attribute ReadAttribute(string path, int line, string declaration)
    {
        var position = 0;
        if (ArffLine.ReadField(declaration, ref position, " \t{") is not { Value.Length: > 0 } name)
            throw new UserErrorException($"{path}: line {line}: cannot read the attribute's name in '{Short(declaration)}'; write @attribute NAME TYPE.");
        var type = declaration[position..].Trim();
        if (type.StartsWith('{'))
        {
            position = 1;
            var values = ArffLine.Split(type, ArffLine.Commas, ref position, endsAtBrace: true);
            if (values is not { Count: > 0 } || position >= type.Length || type[position] != '}' || !IsBlankOrComment(type[(position + 1)..]))
                throw new UserErrorException($"{path}: line {line}: cannot read the values of attribute '{name.Value}'; quote values that hold commas, quotes or braces.");
            return new Attribute(name.Value, ColumnKind.Text, values.Select(v => v.Value).ToHashSet(StringComparer.Ordinal), values[0].Value, null);
        }

        position = 0;
        // Weka takes a range behind the type, with a blank between or without, and does not use it.
        var word = ArffLine.ReadField(type, ref position, ArffLine.CommasAndBlanks + "[")?.Value.ToLowerInvariant();
        return word switch
        {
            "numeric" or "real" or "integer" => new Attribute(name.Value, ColumnKind.Number, null, "0", null),
            "string" => new Attribute(name.Value, ColumnKind.Text, null, "", null),
            "date" => new Attribute(name.Value, ColumnKind.Date, null, "", DateFormat(path, line, name.Value, type[position..])),
            _ => throw new UserErrorException($"{path}: line {line}: attribute '{name.Value}' has type '{Short(type)}'; expected numeric, real, integer, string, date or {{a,b,...}}."),
        };
    }

    private static string DateFormat(string path, int line, string name, string rest)
    {
        var java = ArffLine.Split(rest.Trim()) switch
        {
            { Count: 0 } => "yyyy-MM-dd'T'HH:mm:ss", // Weka's own
            [var only] => only.Value,
            _ => null,
        };
        return java is not null && DateFormats.FromJava(java) is { } format
            ? format
            : throw new UserErrorException($"{path}: line {line}: cannot read the form of the dates of attribute '{name}' ('{Short(rest.Trim())}'); expected one such as \"yyyy-MM-dd HH:mm:ss\".");
    }

    private static ArffRow ReadRow(string path, int line, string text, List<Attribute> attributes, List<string>[] cells, List<bool>[] quoted)
    {
        ArffRow row;
        try
        {
            row = ArffRow.Read(text, attributes.Count);
        }
        catch (FormatException e)
        {
            throw new UserErrorException($"{path}: line {line} {e.Message}", e);
        }

        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes[i];
            if (row.Of(i) is { } field)
            {
                var value = field is { Quote: null, Value: "?" } ? "" : field.Value;
                Check(path, line, attribute, value, field.Quote is not null);
                cells[i].Add(value);
                quoted[i].Add(field.Quote is not null);
            }
            else
            {
                // What a sparse row leaves out is zero: of nominal attributes the first value.
                cells[i].Add(attribute.Zero);
                quoted[i].Add(false);
            }
        }

        return row;
    }

    private static void Check(string path, int line, Attribute attribute, string value, bool isQuoted)
    {
        if (value.Length == 0 && !isQuoted)
            return;
        if (attribute.Values is { } known && !known.Contains(value))
        {
            // Written by hand as CSV has it.
            if (MissingWords.Default.Contains(value) && !isQuoted)
                throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is not among the declared values of attribute '{attribute.Name}'; declare it if it is a value, or write ? if it is missing.");
            throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is not among the declared values of attribute '{attribute.Name}'; mend the cell or the declaration.");
        }

        if (attribute.Kind == ColumnKind.Number && !Numbers.TryParse(value, out _) && !MissingWords.Default.ContainsAmongNumbers(value))
            throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is no number, but attribute '{attribute.Name}' is numeric; mend the cell, or write ? if it is missing.");
        if (attribute.Kind == ColumnKind.Date && !DateFormats.TryParse(value, attribute.DateFormat!, out _))
            throw new UserErrorException($"{path}: line {line}: '{Short(value)}' is no date of the form that attribute '{attribute.Name}' declares; mend the cell, or write ? if it is missing.");
    }

    private static bool Keyword(string line, string keyword)
    {
        var content = line.AsSpan().TrimStart();
        return content.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
            && (content.Length == keyword.Length || char.IsWhiteSpace(content[keyword.Length]) || content[keyword.Length] == '%');
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "..." : text;

    private sealed record Attribute(string Name, ColumnKind Kind, HashSet<string>? Values, string Zero, string? DateFormat);
}
