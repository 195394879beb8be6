using System.Globalization;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads the rows to be examined from a view and says where their label images do not fit.</summary>
internal sealed class LabelImageExaminer
{
    // Rows and pixels from which the usual error of a map is measured: enough for a median.
    private const int SampleRows = 32, SamplePixels = 4096;

    // The standard deviation of a normal distribution whose absolute values have the median 1.
    private const float DeviationOfMedian = 1.4826f;

    private readonly FittedModel fitted;
    private readonly IDataView data;
    private readonly int task;
    private readonly PixelBinding binding;
    private readonly RegionOptions regions;

    /// <exception cref="ArgumentException">A column or the task is absent or of the wrong kind, or an option is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The model was loaded from a file.</exception>
    public LabelImageExaminer(FittedModel fitted, IDataView data, string taskName, RegionOptions? regions)
    {
        (this.fitted, this.data, this.regions) = (fitted, data, regions ?? new RegionOptions());
        this.regions.Validate();
        task = Enumerable.Range(0, fitted.Schema.Tasks.Count).FirstOrDefault(k => fitted.Schema.Tasks[k].Task.Name == taskName, -1);
        var names = string.Join(", ", fitted.Schema.Tasks.Where(t => t.Binding.IsPerPixel).Select(t => $"'{t.Task.Name}'"));
        binding = (task < 0 ? null : fitted.Schema.Tasks[task].Binding as PixelBinding)
            ?? throw new ArgumentException($"'{taskName}' is no task with label images; {(names.Length > 0 ? $"those are {names}" : "the model has none")}.", nameof(taskName));
        if (fitted.Pixels is null)
            throw new InvalidOperationException("This model was loaded from a file, which does not hold the networks of the late epochs; examine label images with the transformer that Fit returned.");
        if (fitted.Schema.IdColumnName is { } id && data.Schema.GetColumnOrNull(id) is null) throw SchemaErrors.NotFound("id", id, nameof(data));
        fitted.Schema.Image!.Require(data.Schema, nameof(data));
        foreach (var label in fitted.Schema.LabelColumnNames)
            if (data.Schema.GetColumnOrNull(label) is null) throw SchemaErrors.NotFound("label", label, nameof(data));
        TrainerSchema.FitLabels([.. fitted.Schema.Tasks.Select(t => t.Task)], fitted.Schema.Image, data.Schema, nameof(data));
    }

    /// <summary>Examines training rows, most suspicious first.</summary>
    /// <param name="rows">Training rows that have a label for the task, in that order.</param>
    public IEnumerable<LabelImageExamination> Examine(IReadOnlyList<int> rows)
    {
        if (rows.Count == 0) yield break;
        var index = fitted.Instances.Index;
        var ranking = fitted.Instances.Ranking(task);
        var sample = binding.IsHeatScaled ? Spread(ranking, SampleRows) : [];
        var wanted = rows.Concat(sample).Select(row => index[row]).ToHashSet(StringComparer.Ordinal);

        using var stores = new PixelStores(MemoryBudget.DefaultBytes);
        var read = RowReader.Read(data, fitted.Schema, stores, OnBadRow.Skip, "examined", default, isWanted: (position, id) => wanted.Contains(id ?? NameOf(position)));
        var found = Enumerable.Range(0, read.Positions.Length).ToDictionary(i => read.Ids?[i] ?? NameOf(read.Positions[i]), StringComparer.Ordinal);
        var scale = MapScale(read.Data, [.. sample.Select(row => found.GetValueOrDefault(index[row], -1)).Where(i => i >= 0)]);

        // A row that cannot be read any more, or has lost its label, is left out.
        var order = rows.Where(row => found.TryGetValue(index[row], out var i) && read.Data.Labels[task].IsLabelled(i)).ToArray();
        var examinations = fitted.Pixels!.Examine(read.Data, task, [.. order.Select(row => found[index[row]])]);
        foreach (var (row, examination) in order.Zip(examinations))
            yield return binding.Describe((index[row], fitted.Instances.Tasks[task].NoiseScores[row]), examination, read.Data.Labels[task], scale, regions);
    }

    /// <summary>The robust standard deviation of a map's errors, from rows all over the data; 1 for masks.</summary>
    private float MapScale(TrainingData rows, int[] sample)
    {
        if (sample.Length == 0) return 1;
        var errors = new List<float>();
        foreach (var examination in fitted.Pixels!.Examine(rows, task, sample))
            errors.AddRange(Spread([.. examination.Heat.Where(float.IsFinite)], SamplePixels));
        if (errors.Count == 0) return 1;
        errors.Sort();
        return Math.Max(DeviationOfMedian * errors[errors.Count / 2], float.Epsilon);
    }

    private static T[] Spread<T>(T[] items, int most)
        => items.Length <= most ? items : [.. Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Length / most)])];

    private static string NameOf(int position) => position.ToString(CultureInfo.InvariantCulture);
}
