using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>Finds what a user should know about the data although it stops nothing.</summary>
internal static class FlagNotes
{
    /// <summary>The notes, one sentence each.</summary>
    public static IReadOnlyList<string> Collect(Table table, RowIds ids, IReadOnlyList<TaskLabel> labels, int[] trainRows, IReadOnlyList<TaskLabel> validation, FeaturePlan features, ImagePlan? images)
    {
        var notes = new List<string>();
        if (!table.Format.HasHeader)
            notes.Add($"{table.Source.Path} has no header line; its columns are called column1 to column{table.Columns.Count}.");
        notes.AddRange(TableNotes.Of(table, features.Columns.Concat(labels.SelectMany(label => label.Columns))));
        notes.AddRange(features.Notes);
        if (features.WithMissing.Count > 0)
            notes.Add($"missing values filled with the mean and marked: {Listed(features.WithMissing)}.");
        if (ids.Column is null && features.Columns.FirstOrDefault(c => RowOrders.Of(c, fewestRows: 3) == RowOrder.Numbers) is { } counter)
            notes.Add($"column '{counter.Name}' counts the rows; if it is an id, say --id \"{counter.Name}\".");
        if (images?.Skipped is { Count: > 0 } skipped)
            notes.Add($"{skipped.Count} bad row{(skipped.Count == 1 ? "" : "s")} skipped, the first because: {skipped[0]}");
        if (images is { Options.Network: null } && labels.Any(label => label.Spec.IsPerPixel) && NotForUNet(images, labels) is { } unfit)
            notes.Add(unfit);
        foreach (var label in labels)
        {
            var unlabelled = Enumerable.Range(0, table.RowCount).Count(row => !label.IsLabelled(row) && !label.IsLeftOut(row));
            if (unlabelled > 0)
                notes.Add($"task {label.Spec.Name}: {unlabelled} row{(unlabelled == 1 ? "" : "s")} without a label, which the task does not learn from or rank{HalfGiven(table, ids, label)}.");
        }

        foreach (var label in labels.Where(label => label.Classes is null))
        {
            if (label.Targets.Select(target => Sentinel.Find(target)).FirstOrDefault(found => found is not null) is { } sentinel)
                notes.Add(sentinel.Note($"task {label.Spec.Name}"));
        }

        notes.AddRange(labels.Select(label => label.Spec.Syntax.Note(label, trainRows)).OfType<string>());
        notes.AddRange(labels.Zip(validation, (label, other) => label.Spec.Syntax.ValidationNote(label, other)).OfType<string>());
        return notes;
    }

    // The library falls back on another network by itself; a person may rather resize.
    private static string? NotForUNet(ImagePlan images, IReadOnlyList<TaskLabel> labels)
    {
        var multiple = (PersonTasks.Surfaces(labels).Any() ? UNetDefinition.BodySmall : UNetDefinition.Small).SideMultiple;
        var seen = images.Options.Augmentation?.Crop ?? images.Size;
        return seen.Height % multiple == 0 && seen.Width % multiple == 0
            ? null
            : $"{seen} pixels are no multiples of {multiple}, so the network is a residual CNN; the default for masks and maps is a UNet: give --size (or --crop) in multiples of {multiple}.";
    }

    // A vector of which some numbers are given is rather a mistake than a row that nobody labelled.
    private static string HalfGiven(Table table, RowIds ids, TaskLabel label)
    {
        var half = Enumerable.Range(0, table.RowCount).Where(row => label.Columns.Count(c => c.IsMissing(row)) is > 0 and var missing && missing < label.Columns.Count).ToArray();
        return half.Length == 0 ? "" : $"; {half.Length} of them miss{(half.Length == 1 ? "es" : "")} some numbers only, first {label.Columns.First(c => c.IsMissing(half[0])).Where(half[0])}{ids.Named(half[0])}";
    }

    private static string Listed(IReadOnlyList<string> names)
    {
        const int Shown = 8;
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $", ... ({names.Count} in all)" : "");
    }
}
