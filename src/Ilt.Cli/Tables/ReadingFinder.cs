namespace Ilt.Cli.Tables;

/// <summary>Finds how the columns of a table are to be read: from their cells, the file's declarations and the user's options.</summary>
internal sealed class ReadingFinder
{
    private readonly RawTable table;
    private readonly ReadingOptions options;
    private readonly string[] names;
    private readonly ColumnKind?[] wanted;
    private readonly string?[] wantedDate;
    private readonly char?[] wantedSign;
    private readonly bool[] signIsNamed;

    /// <summary>Takes the table; an option that names no column is a <see cref="UserErrorException"/>.</summary>
    public ReadingFinder(RawTable table, ReadingOptions options)
    {
        this.table = table;
        this.options = options;
        names = table.Columns.Select(c => c.Name).ToArray();
        wanted = new ColumnKind?[names.Length];
        wantedDate = new string?[names.Length];
        wantedSign = new char?[names.Length];
        signIsNamed = new bool[names.Length];
        var byOption = new string?[names.Length];
        Want(options.Categories, ColumnKind.Text, "--categories", byOption);
        Want(options.Numbers, ColumnKind.Number, "--numbers", byOption);
        Want(options.Dates, ColumnKind.Date, "--dates", byOption);
        foreach (var (sign, patterns) in options.Decimals.OrderByDescending(d => d.Columns.Count == 0))
        {
            foreach (var i in patterns.Count == 0 ? Enumerable.Range(0, names.Length) : patterns.SelectMany(p => NamePattern.Require(p, names, "--decimal", table.Source.Path)))
                (wantedSign[i], signIsNamed[i]) = (sign, patterns.Count > 0);
        }
    }

    /// <summary>Reads all columns; <paramref name="known"/> holds those that another table has settled.</summary>
    public TableColumn[] Read(TableReading? known)
    {
        var surveys = new ColumnSurvey?[names.Length];
        Parallel.For(0, names.Length, i =>
        {
            if (Known(known, i) is null)
                surveys[i] = new ColumnSurvey(table.Columns[i], options.Missing, wantedSign[i], wanted[i] is not null);
        });

        var open = new OpenNumbers(surveys.OfType<ColumnSurvey>(), table.Format.Separator);
        var notes = Array.ConvertAll(names, _ => new List<string>());
        var readings = Enumerable.Range(0, names.Length).Select(i => Known(known, i) ?? Settle(i, surveys[i]!, open, notes[i])).ToArray();
        var columns = new TableColumn[names.Length];
        Parallel.For(0, names.Length, i =>
            columns[i] = new TableColumn(table.Source.Path, table.Columns[i], table.Lines, readings[i], known?.Missing ?? options.Missing, notes[i]));
        return columns;
    }

    private ColumnReading? Known(TableReading? known, int column) => known?.Columns.GetValueOrDefault(UnicodeForm.Compose(names[column]));

    private ColumnReading Settle(int i, ColumnSurvey survey, OpenNumbers open, List<string> notes)
    {
        var reading = Numbers(i, survey, open, notes);
        var kind = wanted[i] ?? table.Columns[i].Declared;
        if (kind == ColumnKind.Date || (kind is null && survey.Dates.Count == 1))
            return Dates(i, survey, reading);
        if (kind is null && survey.Dates.Count > 1)
        {
            notes.Add($"column '{names[i]}' holds dates whose day and month cannot be told apart ('{survey.Example}'); taken as text: say --dates \"{names[i]}={survey.Dates[0]}\" or --dates \"{names[i]}={survey.Dates[1]}\".");
            return reading with { Kind = ColumnKind.Text };
        }

        if (kind is not null)
            return reading with { Kind = kind.Value, HasNumberNames = kind == ColumnKind.Text && survey.AreWhole && !survey.HasLeadingZeros };
        if (survey.HasLeadingZeros && reading.Kind == ColumnKind.Number)
        {
            notes.Add($"column '{names[i]}': numbers with zeros in front ('{survey.LeadingZeros}') are codes, so each is a category; --numbers \"{names[i]}\" takes them as numbers.");
            return reading with { Kind = ColumnKind.Text };
        }

        return reading;
    }

    private ColumnReading Numbers(int i, ColumnSurvey survey, OpenNumbers open, List<string> notes)
    {
        var name = names[i];
        if (signIsNamed[i] && survey.Found is { IsComplete: false })
            throw new UserErrorException($"--decimal: column '{name}' of {table.Source.Path} holds cells that are no numbers with a decimal {(wantedSign[i] == ',' ? "comma" : "point")}; name other columns, or mend the cells.");
        if (survey is { Found: { IsComplete: true, Format.Negative: var sign and not NegativeSign.Before }, NegativeExample: { } cell } && (wanted[i] ?? ColumnKind.Number) == ColumnKind.Number)
            notes.Add(FormattableString.Invariant($"column '{name}': {survey.Negatives} number{(survey.Negatives == 1 ? "" : "s")} {(sign == NegativeSign.Brackets ? "in brackets" : "with a minus behind")} ('{cell}') {(survey.Negatives == 1 ? "is" : "are")} taken as negative; --categories \"{name}\" takes the texts as they are."));
        if (survey.Found is { IsOpen: true })
        {
            var number = open.Format(survey);
            if ((wanted[i] ?? ColumnKind.Number) == ColumnKind.Number && open.Note(name, survey, number) is { } note)
                notes.Add(note);
            return new ColumnReading { Kind = ColumnKind.Number, Number = number };
        }

        if (survey.IsPlain)
            return new ColumnReading { Kind = ColumnKind.Number };
        if (survey.Found is not { } found)
            return new ColumnReading { Kind = ColumnKind.Text, Words = survey.Words };
        if (!found.IsComplete)
            return new ColumnReading { Kind = ColumnKind.Text, Number = found.Format, Words = survey.Words };
        return new ColumnReading { Kind = ColumnKind.Number, Number = found.Format };
    }

    private ColumnReading Dates(int i, ColumnSurvey survey, ColumnReading reading)
    {
        var format = wantedDate[i] ?? table.Columns[i].DateFormat ?? (survey.Dates.Count > 0 ? survey.Dates[0] : null);
        if (format is null || (survey.Dates.Count > 1 && wantedDate[i] is null))
            throw new UserErrorException($"--dates: column '{names[i]}' of {table.Source.Path} holds no dates of one known form ('{survey.Example}'); say the form, for example --dates \"{names[i]}=dd.MM.yy HH:mm\" (d day, M month, y year, H hour, m minute, s second).");
        return reading with { Kind = ColumnKind.Date, DateFormat = format };
    }

    private void Want(IReadOnlyList<string> patterns, ColumnKind kind, string option, string?[] byOption)
    {
        foreach (var text in patterns)
        {
            var (pattern, format) = (text, (string?)null);
            if (kind == ColumnKind.Date && NamePattern.Find(text, names).Count == 0 && text.IndexOf('=') is > 0 and var equals)
                (pattern, format) = (text[..equals], text[(equals + 1)..]);
            foreach (var i in NamePattern.Require(pattern, names, option, table.Source.Path))
            {
                if (byOption[i] is { } other && other != option)
                    throw new UserErrorException($"{option}: column '{names[i]}' is among {other} too; name it once.");
                (byOption[i], wanted[i], wantedDate[i]) = (option, kind, format ?? wantedDate[i]);
            }
        }
    }
}
