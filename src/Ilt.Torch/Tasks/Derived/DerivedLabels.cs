using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The labels that a <see cref="DerivedTask"/> computes its targets from. A row is labelled where all of them are.</summary>
public sealed class DerivedLabels : TaskLabels
{
    private readonly IReadOnlyList<TaskLabels> sources;

    /// <summary>Puts the labels of the sources together; they are kept, not copied.</summary>
    /// <param name="sources">Number or class labels, in the order of the task's sources, of as many rows each.</param>
    /// <exception cref="ArgumentException">There are none, they are of another kind, or their row counts differ.</exception>
    public DerivedLabels(params IReadOnlyList<TaskLabels> sources)
    {
        if (sources.Count == 0) throw new ArgumentException("A derived task's labels come from at least one other task's.", nameof(sources));
        foreach (var source in sources)
        {
            if (!source.CanBeSource) throw new ArgumentException($"A derived task's labels come from numbers and classes, found {source.GetType().Name}.", nameof(sources));
            if (source.Count != sources[0].Count) throw new ArgumentException($"The labels of a derived task's sources have {sources[0].Count} and {source.Count} rows.", nameof(sources));
        }
        this.sources = sources;
    }

    /// <inheritdoc/>
    public override int Count => sources[0].Count;

    /// <inheritdoc/>
    public override bool IsLabelled(int row)
    {
        foreach (var source in sources)
            if (!source.IsLabelled(row)) return false;
        return true;
    }

    /// <summary>The labels of some rows as the sources' values, [rows, D_k] each; zeros where there is none.</summary>
    internal Tensor[] Values(ReadOnlySpan<int> rows, IReadOnlyList<int> dimensions)
    {
        var values = new Tensor[sources.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var numbers = new float[rows.Length * dimensions[i]];
            for (var r = 0; r < rows.Length; r++)
                if (sources[i].IsLabelled(rows[r])) sources[i].CopySource(rows[r], numbers.AsSpan(r * dimensions[i], dimensions[i]));
            values[i] = Tensors.From(numbers, [rows.Length, dimensions[i]]);
        }
        return values;
    }

    internal override void AppendTo(IncrementalHash hash)
    {
        foreach (var source in sources) source.AppendTo(hash);
    }

    internal override DerivedLabels Subset(ReadOnlySpan<int> rows)
    {
        var parts = new TaskLabels[sources.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = sources[i].Subset(rows);
        return new DerivedLabels(parts);
    }

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not DerivedTask derived) throw WrongKind(task, "labels of a derived task");
        if (sources.Count != derived.Sources.Count)
            throw new ArgumentException($"Task '{task.Name}' is derived from {string.Join(", ", derived.Sources)}; its labels come from {sources.Count} task(s), in place of {derived.Sources.Count}.");
        for (var i = 0; i < sources.Count; i++)
            if (sources[i].SourceDimensions is { } found && found != derived.SourceDimensions[i])
                throw new ArgumentException($"Task '{task.Name}' takes {derived.SourceDimensions[i]} numbers of '{derived.Sources[i]}'; its labels have {found}. Are they in the order {string.Join(", ", derived.Sources)}?");
    }
}
