namespace Ilt.Onnx.Steps;

/// <summary>Writes one kind of ML.NET's steps to a graph.</summary>
internal interface IStepWriter
{
    /// <summary>The type of the fitted steps.</summary>
    Type Step { get; }

    /// <summary>Adds what makes a column.</summary>
    /// <exception cref="NotSupportedException">The step is set so that it cannot be written.</exception>
    ColumnValue Write(OnnxGraph graph, StepColumn column);
}
