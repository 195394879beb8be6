using Ilt.Corruption;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>The kinds of corruption by name, the labels that each fits, and how it makes them wrong.</summary>
internal static class CorruptionKinds
{
    private delegate (TaskLabels Labels, bool[] Wrong) Change(Target target);

    private delegate Change Reader(JsonPlace options);

    /// <summary>Hits the labels of all tasks at once.</summary>
    private const string SwapRows = "swap-rows";

    /// <summary>What is to be made wrong.</summary>
    private sealed record Target(LoadedData Data, int Task, double Fraction, int Seed)
    {
        public TaskDefinition Definition => Data.Tasks[Task];

        public TaskLabels Labels => Data.Train.Labels[Task];
    }

    private static readonly (string Name, LabelForm Form, Reader Read)[] All =
    [
        ("flip", LabelForm.Classes, Classes(LabelCorruptionKind.UniformFlip)),
        ("pair", LabelForm.Classes, Classes(LabelCorruptionKind.PairFlip)),
        ("permute", LabelForm.Classes, Classes(LabelCorruptionKind.PermuteClasses)),
        ("swap", LabelForm.Classes, Classes(LabelCorruptionKind.Swap)),
        ("confusion", LabelForm.Classes, Confusion),
        ("boundary", LabelForm.Classes, Boundary),
        ("uniform", LabelForm.Numbers, Uniform),
        ("gaussian", LabelForm.Numbers, Gaussian),
        ("swap", LabelForm.Numbers, _ => Numbers(t => new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = t.Fraction, Seed = t.Seed })),
        ("scale", LabelForm.Numbers, options => Slip(options, NumberSlip.DecimalPoint)),
        ("unit", LabelForm.Numbers, options => Slip(options, NumberSlip.InchOrCentimetre)),
        ("shift", LabelForm.Numbers, Shift),
        ("uniform", LabelForm.Counts, Uniform),
        ("gaussian", LabelForm.Counts, Gaussian),
        ("swap", LabelForm.Counts, _ => Numbers(t => new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = t.Fraction, Seed = t.Seed })),
        ("scale", LabelForm.Counts, options => Slip(options, NumberSlip.DecimalPoint)),
        ("shift", LabelForm.Counts, Shift),
        ("permute", LabelForm.Mask, Masks(MaskCorruptionKind.PermuteClasses)),
        ("swap", LabelForm.Mask, Masks(MaskCorruptionKind.Swap)),
        ("shift", LabelForm.Mask, Masks(MaskCorruptionKind.Shift)),
        ("drop-region", LabelForm.Mask, Masks(MaskCorruptionKind.DropRegion)),
        ("rename-region", LabelForm.Mask, Masks(MaskCorruptionKind.RenameRegion)),
        ("uniform-noise", LabelForm.Map, Maps(MapCorruptionKind.UniformNoise)),
        ("uniform-values", LabelForm.Map, Maps(MapCorruptionKind.UniformValues)),
        ("swap", LabelForm.Map, Maps(MapCorruptionKind.Swap)),
    ];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [CorruptionPlan.Clean, CorruptionPlan.Known, .. All.Select(kind => kind.Name).Distinct(), SwapRows];

    /// <summary>Whether the kind hits all tasks at once.</summary>
    public static bool IsOfRows(CorruptionPlan plan) => plan.Kind == SwapRows;

    /// <summary>Whether the kind fits labels of a form.</summary>
    public static bool Fits(CorruptionPlan plan, LabelForm form) => All.Any(kind => kind.Name == plan.Kind && kind.Form == form);

    /// <summary>Refuses options that no form of the kind has.</summary>
    public static void CheckOptions(CorruptionPlan plan)
    {
        var options = Options(plan);
        foreach (var kind in All.Where(kind => kind.Name == plan.Kind)) kind.Read(options);
        options.End();
    }

    /// <summary>Makes labels wrong.</summary>
    /// <param name="plan">How.</param>
    /// <param name="data">The data, with right labels.</param>
    /// <param name="tasks">The tasks that are hit, from 0.</param>
    /// <param name="fraction">Share of the labels.</param>
    /// <param name="seed">Seed of the cell.</param>
    /// <exception cref="ExperimentException">The labels cannot be made wrong so.</exception>
    public static CorruptedLabels Apply(CorruptionPlan plan, LoadedData data, IReadOnlyList<int> tasks, double fraction, int seed)
    {
        if (plan.Kind == CorruptionPlan.Clean) return CorruptedLabels.None(data);
        var labels = data.Train.Labels.ToArray();
        var wrong = new bool[]?[labels.Length];
        try
        {
            if (plan.Kind == CorruptionPlan.Known)
            {
                var known = data.Known[plan.Name];
                (labels[known.Task], wrong[known.Task]) = (known.Labels, known.Wrong);
            }
            else if (IsOfRows(plan))
            {
                Swap(data, fraction, seed, labels, wrong);
            }
            else
            {
                var joined = tasks.Count > 1 && tasks.All(task => labels[task] is NumberLabels) ? Join(plan, data, tasks, fraction, seed, labels, wrong) : [];
                foreach (var task in tasks.Except(joined))
                    (labels[task], wrong[task]) = ReadKind(plan, Form(data.Tasks[task]))(new Target(data, task, fraction, seed));
            }
        }
        catch (ArgumentException e)
        {
            throw new ExperimentException($"{plan.Where}: {e.Message}", e);
        }
        Derive(data, labels, wrong);
        return new CorruptedLabels(labels, wrong, plan.Kind is "drop-region" or "rename-region");
    }

    // What is computed from tasks that are hit is hit with them.
    private static void Derive(LoadedData data, TaskLabels[] labels, bool[]?[] wrong)
    {
        for (var k = 0; k < labels.Length; k++)
        {
            if (data.Tasks[k] is not DerivedTask derived) continue;
            int[] sources = [.. derived.Sources.Select(name => data.Tasks.Select((task, i) => (task.Name, i)).First(task => task.Name == name).i)];
            labels[k] = new DerivedLabels([.. sources.Select(source => labels[source])]);
            bool[][] hit = [.. sources.Select(source => wrong[source]).OfType<bool[]>()];
            if (hit.Length > 0) wrong[k] = [.. Enumerable.Range(0, data.Train.RowCount).Select(row => hit.Any(rows => rows[row]))];
        }
    }

    // One vector per row over all tasks, so that each gets noise of its own in the same rows.
    private static IReadOnlyList<int> Join(CorruptionPlan plan, LoadedData data, IReadOnlyList<int> tasks, double fraction, int seed, TaskLabels[] labels, bool[]?[] wrong)
    {
        NumberLabels[] parts = [.. tasks.Select(task => (NumberLabels)labels[task])];
        var dimensions = parts.Sum(part => part.Dimensions);
        float[] values = [.. Enumerable.Range(0, data.Train.RowCount).SelectMany(row => parts.SelectMany(part => part[row].ToArray()))];
        var whole = new LoadedData([new RegressionTask("all", dimensions)], new TableData(new float[data.Train.RowCount], 1, [new NumberLabels(values, dimensions)]), data.Test);
        var (changed, rows) = ReadKind(plan, LabelForm.Numbers)(new Target(whole, 0, fraction, seed));
        var first = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var (start, count) = (first, parts[i].Dimensions);
            labels[tasks[i]] = new NumberLabels([.. Enumerable.Range(0, rows.Length).SelectMany(row => ((NumberLabels)changed)[row].Slice(start, count).ToArray())], count);
            wrong[tasks[i]] = rows;
            first += count;
        }
        return tasks;
    }

    private static void Swap(LoadedData data, double fraction, int seed, TaskLabels[] labels, bool[]?[] wrong)
    {
        var givers = new RowSwap { Fraction = fraction, Seed = seed }.Givers(data.Train.RowCount);
        var swapped = data.Train.Subset(givers);
        for (var k = 0; k < labels.Length; k++)
        {
            wrong[k] = LabelDifferences.Between(data.Train.Labels[k], swapped.Labels[k]);
            labels[k] = swapped.Labels[k];
        }
    }

    private static LabelForm Form(TaskDefinition task) => task switch
    {
        ClassificationTask => LabelForm.Classes,
        CountTask => LabelForm.Counts,
        PixelClassificationTask => LabelForm.Mask,
        PixelRegressionTask => LabelForm.Map,
        DerivedTask => LabelForm.Derived,
        _ => LabelForm.Numbers,
    };

    private static Change ReadKind(CorruptionPlan plan, LabelForm form)
    {
        var kind = All.FirstOrDefault(kind => kind.Name == plan.Kind && kind.Form == form);
        return kind.Read is { } read ? read(Options(plan)) : throw new ExperimentException($"{plan.Where}: {plan.Kind} does not fit {form}.");
    }

    private static JsonPlace Options(CorruptionPlan plan) => plan.Options ?? JsonPlace.Parse("{}", plan.Where);

    private static Reader Classes(LabelCorruptionKind kind) => _ => OfClasses((target, classes, count) =>
        new LabelCorruption { Kind = kind, Fraction = target.Fraction, Seed = target.Seed }.CorruptClasses(classes, count));

    private static Change Confusion(JsonPlace options)
    {
        var (matrix, concentration) = (options.Matrix("matrix"), options.Number("concentration", 0));
        return OfClasses((target, classes, count) =>
        {
            var confusion = new ClassConfusion { Fraction = target.Fraction, Seed = target.Seed, Matrix = matrix };
            return (concentration is { } given ? confusion with { Concentration = given } : confusion).CorruptClasses(classes, count);
        });
    }

    private static Change Boundary(JsonPlace options)
    {
        var (sharpness, neighbours) = (options.Number("sharpness", 0), options.Whole("neighbours", 1));
        return OfClasses((target, classes, count) =>
        {
            var near = NeighbourAmbiguity.Measure(InputFeatures.Of(target.Data.Train), classes, neighbours ?? 10);
            var flip = new BoundaryFlip { Fraction = target.Fraction, Seed = target.Seed };
            return (sharpness is { } given ? flip with { Sharpness = given } : flip).CorruptClasses(classes, count, near.Ambiguity, near.Rival);
        });
    }

    private static Change OfClasses(Func<Target, int[], int, bool[]> corrupt) => target =>
    {
        var classes = ((ClassLabels)target.Labels).Classes.ToArray();
        var wrong = corrupt(target, classes, ((ClassificationTask)target.Definition).ClassCount);
        return (new ClassLabels(classes), wrong);
    };

    private static Change Uniform(JsonPlace options)
    {
        var (low, high) = (options.Number("low"), options.Number("high"));
        return Numbers(t => new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = t.Fraction, Seed = t.Seed, Low = low ?? double.NaN, High = high ?? double.NaN });
    }

    private static Change Gaussian(JsonPlace options)
    {
        var deviation = options.Number("deviation", 0);
        return Numbers(t => new LabelCorruption { Kind = LabelCorruptionKind.GaussianNoise, Fraction = t.Fraction, Seed = t.Seed, StandardDeviation = deviation ?? double.NaN });
    }

    private static Change Numbers(Func<Target, LabelCorruption> corruption) =>
        OfNumbers((target, values, dimensions) => (corruption(target) with { Counts = target.Definition is CountTask }).CorruptNumbers(values, dimensions));

    private static Change Slip(JsonPlace options, IReadOnlyList<double> usual)
    {
        var factors = options.Numbers("factors");
        return OfNumbers((target, values, dimensions) =>
            new NumberSlip { Fraction = target.Fraction, Seed = target.Seed, Factors = factors ?? usual, Counts = target.Definition is CountTask }.CorruptNumbers(values, dimensions));
    }

    private static Change Shift(JsonPlace options)
    {
        var shifts = options.Numbers("deviations");
        return OfNumbers((target, values, dimensions) =>
            new NumberSlip { Fraction = target.Fraction, Seed = target.Seed, Shifts = shifts ?? [3, -3], Counts = target.Definition is CountTask }.CorruptNumbers(values, dimensions));
    }

    private static Change OfNumbers(Func<Target, float[], int, bool[]> corrupt) => target =>
    {
        var numbers = (NumberLabels)target.Labels;
        var values = numbers.Values.ToArray();
        var wrong = corrupt(target, values, numbers.Dimensions);
        return (new NumberLabels(values, numbers.Dimensions), wrong);
    };

    private static Reader Masks(MaskCorruptionKind kind) => options =>
    {
        var all = options.Flag("amongAll") ?? false;
        return target => CorruptedImages.Masks(new MaskCorruption { Kind = kind, Fraction = target.Fraction, Seed = target.Seed, AmongAllClasses = all }, (MaskLabels)target.Labels, target.Definition.Channels);
    };

    private static Reader Maps(MapCorruptionKind kind) => options =>
    {
        var (low, high) = (options.Number("low"), options.Number("high"));
        var upToLargest = options.Flag("upToLargest") ?? false;
        return target =>
        {
            var maps = (MapLabels)target.Labels;
            var corruption = new MapCorruption { Kind = kind, Fraction = target.Fraction, Seed = target.Seed, Low = low ?? double.NaN, High = high ?? double.NaN };
            return CorruptedImages.Maps(upToLargest ? corruption with { Low = low ?? 0, High = CorruptedImages.Largest(maps) } : corruption, maps);
        };
    };
}
