using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The scale on which targets that are numbers are learned, from the labelled training rows.</summary>
internal abstract class TargetScaling
{
    private protected TargetScaling(ScaledComponent[] components) => Components = components;

    private protected ScaledComponent[] Components { get; }

    /// <summary>By which number a model file knows the scale.</summary>
    private protected abstract int Number { get; }

    /// <summary>Scaled targets are clipped to plus or minus this.</summary>
    private protected abstract float Clip { get; }

    /// <summary>The scaled, clipped form of one number in the user's units.</summary>
    public abstract float Standardise(float value, int component);

    /// <summary>The scaled, clipped target; zeros where the row has no label (its weight is zero).</summary>
    public void Standardise(NumberLabels labels, int row, Span<float> destination)
    {
        if (labels.IsLabelled(row)) Standardise(labels[row], destination);
        else destination.Clear();
    }

    /// <summary>The scaled, clipped form of one vector in the user's units.</summary>
    public void Standardise(ReadOnlySpan<float> values, Span<float> destination)
    {
        for (var d = 0; d < destination.Length; d++) destination[d] = Standardise(values[d], d);
    }

    /// <summary>The scaled, clipped forms of vectors in the user's units; row-major [rows x dimensions].</summary>
    public float[] Standardised(ReadOnlySpan<float> values)
    {
        var scaled = new float[values.Length];
        for (var i = 0; i < scaled.Length; i++) scaled[i] = Standardise(values[i], i % Components.Length);
        return scaled;
    }

    /// <summary>Back to the user's units, in place; row-major [rows x dimensions].</summary>
    public abstract void Restore(Span<float> standardised);

    /// <summary>Back to the user's units, differentiable: without the limits that <see cref="Restore(Span{float})"/> keeps.</summary>
    /// <param name="standardised">[B, dimensions].</param>
    public abstract Tensor Restore(Tensor standardised);

    /// <summary>Back to the user's units in a graph, with the limits that <see cref="Restore(Span{float})"/> keeps.</summary>
    /// <param name="graph">Gets the steps.</param>
    /// <param name="standardised">[dimensions], or a map [1, H, W].</param>
    public abstract GraphValue Write(INetworkGraph graph, GraphValue standardised);

    public void Save(BinaryWriter writer)
    {
        writer.Write(Components.Length);
        foreach (var c in Components)
            foreach (var value in (ReadOnlySpan<float>)[c.Median, c.Spread, c.Mean, c.Deviation, c.Lowest, c.Highest]) writer.Write(value);
        writer.Write(Clip);
        writer.Write(Number);
    }

    public static TargetScaling Load(BinaryReader reader)
    {
        var components = new ScaledComponent[reader.ReadInt32()];
        for (var d = 0; d < components.Length; d++)
            components[d] = new(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        var clip = reader.ReadSingle();
        return reader.ReadInt32() switch
        {
            (int)TargetScale.Common => new CommonScaling(components),
            CountScaling.SavedNumber => new CountScaling(components[0]),
            _ => new BentScaling(components, clip),
        };
    }

    /// <summary>One number of every component.</summary>
    private protected float[] Each(Func<ScaledComponent, float> number) => Array.ConvertAll(Components, c => number(c));

    /// <summary>One number of every component, [1, dimensions], on the device of a tensor.</summary>
    private protected Tensor Row(Tensor beside, Func<ScaledComponent, float> number) =>
        Tensors.From(Each(number), 1, Components.Length).Beside(beside);
}

/// <summary>The scale of one component.</summary>
/// <param name="Median">The median of the labels.</param>
/// <param name="Spread">What a distance from the median is divided by before it is bent; 1 where nothing is bent; of counts the dispersion.</param>
/// <param name="Mean">The mean of the bent labels; 0 where nothing is bent; of counts their mean.</param>
/// <param name="Deviation">The standard deviation of the bent labels, or the one of all components; of counts that of the logarithm.</param>
/// <param name="Lowest">The lowest label.</param>
/// <param name="Highest">The highest label.</param>
internal readonly record struct ScaledComponent(float Median, float Spread, float Mean, float Deviation, float Lowest, float Highest);
