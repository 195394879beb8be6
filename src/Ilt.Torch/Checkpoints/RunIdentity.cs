using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Ilt.State;

namespace Ilt.Torch;

/// <summary>What a run's results follow from: data, tasks, options, network and versions, each by name, so that a difference can be told.</summary>
internal sealed record RunIdentity(IReadOnlyList<(string Name, string Value)> Parts)
{
    // A hash is no value that one would want to read.
    private const string Hash = "sha256:";

    public static RunIdentity Of(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions filled, bool lengthIsFound)
    {
        // Records write their numbers as the thread's culture does, and a run may go on under another one.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return new(PartsOf(tasks, train, validation, filled, lengthIsFound));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static List<(string, string)> PartsOf(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions filled, bool lengthIsFound)
    {
        var parts = new List<(string, string)>
        {
            ("Ilt.MLNet's version", Version(typeof(RunIdentity).Assembly)),
            ("TorchSharp's version", LibTorch.Version),
            ("tasks", string.Join(", ", tasks.Select(task => task.Name))),
        };
        parts.AddRange(tasks.Select(task => ($"task '{task.Name}'", task.ToString())));
        AddData("training", train);
        if (train.OrderInWords is { } order) parts.Add(("the order of the training rows", order));
        if (validation is null) parts.Add(("validation rows", "none"));
        else AddData("validation", validation);
        parts.Add(("network", filled.Network!.ToJson()));
        foreach (var (name, value) in (ReadOnlySpan<(string, object?)>)
        [
            (nameof(filled.Weighting), filled.CustomWeighting is { } own ? $"custom '{own.Name}'" : filled.Weighting), (nameof(filled.InstanceLevel), filled.InstanceLevel), (nameof(filled.DwaTemperature), filled.DwaTemperature),
            (nameof(filled.Epochs), lengthIsFound ? "found from the data" : filled.Epochs), (nameof(filled.BatchSize), filled.BatchSize),
            (nameof(filled.LearningRate), filled.LearningRate), (nameof(filled.WeightDecay), filled.WeightDecay), (nameof(filled.GradientClipNorm), filled.GradientClipNorm),
            (nameof(filled.Augmentation), filled.Augmentation), (nameof(filled.PersonAugmentation), filled.PersonAugmentation), (nameof(filled.Seed), filled.Seed),
            (nameof(filled.Precision), filled.Precision),
            (nameof(filled.Threads), filled.Threads), (nameof(filled.EarlyStoppingPatience), filled.EarlyStoppingPatience), (nameof(filled.PixelSnapshots), filled.PixelSnapshots),
            (nameof(filled.WatchedRows), string.Join(" ", filled.WatchedRows)),
        ])
            parts.Add((name, Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "none"));
        if (filled.WeightingOptions is { } weighting) parts.Add((nameof(filled.WeightingOptions), weighting.ToString()));
        return parts;

        void AddData(string which, TrainingData data)
        {
            parts.Add(($"{which} rows", data.RowCount.ToString(CultureInfo.InvariantCulture)));
            parts.Add(($"the {which} inputs' shape", data.Input.ToString()));
            parts.Add(($"the {which} inputs", HashOf(data.AppendInputs)));
            for (var k = 0; k < tasks.Count; k++) parts.Add(($"the {which} labels of task '{tasks[k].Name}'", HashOf(data.Labels[k].AppendTo)));
            for (var k = 0; k < tasks.Count; k++)
                if (data.KnownRight?[k] is { } known) parts.Add(($"the {which} rows known to be right of task '{tasks[k].Name}'", HashOf(hash => hash.Append<bool>(known))));
        }
    }

    /// <summary>The number of threads.</summary>
    /// <exception cref="FormatException">They are not said.</exception>
    public int Threads => int.Parse(Parts.FirstOrDefault(part => part.Name == nameof(TrainingOptions.Threads)).Value ?? "", CultureInfo.InvariantCulture);

    /// <summary>What differs from a saved one, a phrase each; empty where nothing does.</summary>
    public IReadOnlyList<string> DifferencesFrom(RunIdentity saved)
    {
        var there = saved.Parts.DistinctBy(part => part.Name).ToDictionary(part => part.Name, part => part.Value);
        var here = Parts.ToDictionary(part => part.Name, part => part.Value);
        return
        [
            .. Parts.Where(part => there.TryGetValue(part.Name, out var value) && value != part.Value)
                .Select(part => part.Value.StartsWith(Hash, StringComparison.Ordinal) ? $"{part.Name} differ" : $"{part.Name}: {there[part.Name]} there, {part.Value} here"),
            .. Parts.Where(part => !there.ContainsKey(part.Name)).Select(part => $"{part.Name}: only here"),
            .. saved.Parts.Where(part => !here.ContainsKey(part.Name)).Select(part => $"{part.Name}: only there"),
        ];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Parts.Count);
        foreach (var (name, value) in Parts)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    public static RunIdentity Read(BinaryReader reader)
    {
        var parts = new (string, string)[reader.ReadCount(2)];
        for (var i = 0; i < parts.Length; i++) parts[i] = (reader.ReadString(), reader.ReadString());
        return new(parts);
    }

    private static string HashOf(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return Hash + Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
