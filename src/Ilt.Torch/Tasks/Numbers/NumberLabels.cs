using System.Security.Cryptography;

namespace Ilt.Torch;

/// <summary>Number labels in the user's units, row-major [rows x dimensions]; a row with any NaN component has no label.</summary>
public sealed class NumberLabels : TaskLabels
{
    private readonly float[] values;

    /// <summary>Makes labels over an array, which is kept, not copied.</summary>
    /// <param name="values">[rows x dimensions], row-major.</param>
    /// <param name="dimensions">Numbers per row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="dimensions"/>.</exception>
    public NumberLabels(float[] values, int dimensions = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length % dimensions != 0)
            throw new ArgumentException($"{values.Length} numbers are no whole number of rows of {dimensions}.", nameof(values));
        this.values = values;
        Dimensions = dimensions;
    }

    /// <summary>Numbers per row.</summary>
    public int Dimensions { get; }

    /// <summary>The numbers, row-major [rows x dimensions].</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public override int Count => values.Length / Dimensions;

    /// <summary>The label of one row.</summary>
    public ReadOnlySpan<float> this[int row] => values.AsSpan(row * Dimensions, Dimensions);

    /// <inheritdoc/>
    public override bool IsLabelled(int row)
    {
        foreach (var value in this[row])
            if (float.IsNaN(value)) return false;
        return true;
    }

    internal override bool CanBeSource => true;

    internal override int? SourceDimensions => Dimensions;

    internal override void CopySource(int row, Span<float> destination) => this[row].CopyTo(destination);

    internal override void AppendTo(IncrementalHash hash) => hash.Append<float>(values);

    internal override NumberLabels Subset(ReadOnlySpan<int> rows)
    {
        var chosen = new float[rows.Length * Dimensions];
        for (var i = 0; i < rows.Length; i++) this[rows[i]].CopyTo(chosen.AsSpan(i * Dimensions));
        return new NumberLabels(chosen, Dimensions);
    }

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not INumberTask taker) throw WrongKind(task, "number labels");
        if (taker.Dimensions != Dimensions)
            throw new ArgumentException($"Task '{task.Name}' has {taker.Dimensions} dimension(s); its labels have {Dimensions}.");
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i])) continue;
            if (float.IsInfinity(values[i]))
                throw new ArgumentException($"Task '{task.Name}', data row {i / Dimensions + 1}: the label is infinite. Mend it, or leave it empty (NaN) for 'no label'.");
            if (taker.Problem(values[i]) is { } problem)
                throw new ArgumentException($"Task '{task.Name}', data row {i / Dimensions + 1}: the label {problem}");
        }
    }
}
