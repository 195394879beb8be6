namespace Ilt.Onnx;

/// <summary>How a model is exported.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>What the exported model takes.</summary>
    /// <value>The default is <see cref="OnnxInput.Columns"/>.</value>
    public OnnxInput Input { get; init; }

    /// <summary>In what numbers its weights are kept.</summary>
    /// <value>The default is <see cref="OnnxPrecision.Float32"/>.</value>
    public OnnxPrecision Precision { get; init; }

    /// <summary>The name of the only input, where the network reads an image or <see cref="Input"/> is <see cref="OnnxInput.Network"/>.</summary>
    /// <value>The default is null: the name of the column.</value>
    public string? InputName { get; init; }

    /// <summary>Names for the metadata, by task.</summary>
    /// <value>The default is none: those that the pipeline knows.</value>
    public IReadOnlyDictionary<string, OnnxTaskNames> Names { get; init; } = new Dictionary<string, OnnxTaskNames>();

    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Input)) throw new ArgumentException($"{nameof(Input)} must be {nameof(OnnxInput.Columns)} or {nameof(OnnxInput.Network)}, found {Input}.");
        if (!Enum.IsDefined(Precision))
            throw new ArgumentException($"{nameof(Precision)} must be {nameof(OnnxPrecision.Float32)} or {nameof(OnnxPrecision.Float16)}, found {Precision}.");
        ArgumentNullException.ThrowIfNull(Names);
    }
}
