using Ilt.Naming;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>The kinds of data, and how a data set is written in an experiment's file.</summary>
internal static class DataKinds
{
    /// <summary>A table in a file, its columns as for <c>ilt flag</c>.</summary>
    public const string Table = "table";

    /// <summary>A listing of images as <c>ilt list</c> writes it.</summary>
    public const string Images = "images";

    /// <summary>Generators and readers of folders, each with tasks of its own.</summary>
    public static IReadOnlyList<BuiltInData> BuiltIn { get; } = [new MadeTable(), new SceneData(), new BodyPeople(), new BodyFolder(), new PairsData(), new NucleiData(), new StreetData()];

    /// <summary>Reads a data set: what it is stands in one of the properties table, images and generator.</summary>
    public static DataSet Read(JsonPlace place)
    {
        string[] kinds = [Table, Images, "generator"];
        if (kinds.Count(place.Has) != 1)
            throw place.Error("table", $"expected one of table (a file), images (a listing of files) and generator ({string.Join(", ", BuiltIn.Select(kind => kind.Name))}), found {(kinds.Any(place.Has) ? "several" : "none")}.");
        var generator = place.OneOf("generator", [.. BuiltIn.Select(kind => kind.Name)]);
        var path = place.Text(Table) ?? place.Text(Images) ?? place.Text("path");
        var kind = generator ?? (place.Has(Table) ? Table : Images);
        var texts = place.Texts("tasks") ?? [];
        var builtIn = BuiltIn.FirstOrDefault(known => known.Name == generator);
        if (builtIn is { NeedsPath: true } && path is null) throw place.Missing("path", $"the folder of {kind}");
        if (builtIn is null && texts.Count == 0) throw place.Missing("tasks", $"a list of {TaskOutline.Expected}");
        if (builtIn is not null && texts.Count > 0) throw place.Error("tasks", $"{kind} has its own tasks, {string.Join(", ", builtIn.Tasks.Select(task => task.Name))}; leave them out.");
        var set = new DataSet
        {
            Name = place.Text("name") ?? NameOf(path) ?? kind,
            Kind = kind,
            Path = path,
            TaskTexts = texts,
            Tasks = builtIn?.Tasks ?? [.. texts.Select((text, i) => TaskOutline.Parse(text) ?? throw place.Error($"tasks[{i}]", $"expected {TaskOutline.Expected}, found '{text}'."))],
            Ignore = place.Texts("ignore") ?? [],
            Features = place.Texts("features") ?? [],
            Rows = place.Whole("rows", 8),
            TestRows = place.Whole("testRows", 1),
            TestShare = place.Number("test", 0.01, 0.9) ?? 0.25,
            Ambiguous = place.Number("ambiguous", 0, 0.9) ?? 0,
            Group = place.Text("group") ?? "",
            Known = [.. place.Objects("known").Select(ReadKnown)],
            Options = place.Object("options"),
            Canonical = place.Canonical("name", "rows", "testRows", "group", Table, Images, "path"),
            Where = place.Where(),
        };
        foreach (var known in set.Known)
            if (set.Tasks.All(task => task.Name != known.Task))
                throw place.Error("known", $"there is no task '{known.Task}'; {NearestName.Advice(known.Task, [.. set.Tasks.Select(task => task.Name)])}");
        if (builtIn is null && kind == Table && set.Options is not null) throw place.Error("options", "a table has none; leave them out.");
        builtIn?.CheckOptions(set);
        if (kind == Images) ImageListingOptions.Read(set);
        place.End();
        return set;

        // "." and ".." say nothing.
        static string? NameOf(string? path) => path is not null && Path.GetFileNameWithoutExtension(path.TrimEnd('/')).Trim('.') is { Length: > 0 } name ? name : null;

        static KnownColumn ReadKnown(JsonPlace known)
        {
            var column = new KnownColumn(known.RequiredText("name"), known.RequiredText("task"), known.RequiredText("column"));
            known.End();
            return column;
        }
    }

    /// <summary>The options of training that suit data of this kind best, beneath those of the file.</summary>
    public static TrainingOptions Defaults(DataSet set) => BuiltIn.FirstOrDefault(kind => kind.Name == set.Kind)?.Training ?? new TrainingOptions();
}
