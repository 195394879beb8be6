namespace Ilt.Onnx;

/// <summary>What an exported model takes and gives.</summary>
/// <param name="Inputs">Names of its inputs, in order.</param>
/// <param name="Outputs">Names of its outputs: of each task its name, with ".predicted" where an input is called so.</param>
/// <param name="LeftOut">Derived tasks, which are not part of it: what they are computed from is among the outputs.</param>
public sealed record OnnxExport(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<string> LeftOut);
