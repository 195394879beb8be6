namespace Ilt.Torch;

/// <summary>Numbers of a network that do not depend on the row.</summary>
/// <param name="Name">The parameter's or buffer's name in the network.</param>
/// <param name="Shape">Its whole shape.</param>
/// <param name="Values">As many as the shape holds, row-major.</param>
public sealed record GraphConstant(string Name, IReadOnlyList<int> Shape, float[] Values);
