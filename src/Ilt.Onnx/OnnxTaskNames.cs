namespace Ilt.Onnx;

/// <summary>Names of a task for the metadata of an exported model, where the pipeline does not know them or knows others.</summary>
public sealed record OnnxTaskNames
{
    /// <summary>The label as the user calls it.</summary>
    /// <value>The default is null: the label column.</value>
    public string? Label { get; init; }

    /// <summary>The classes, also of a mask, or the components of a vector, as many as are predicted.</summary>
    /// <value>The default is null: those of the label column, if it has any.</value>
    public IReadOnlyList<string>? Outputs { get; init; }
}
