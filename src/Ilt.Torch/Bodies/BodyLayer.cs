using Ilt.Bodies;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Poses a body model as a differentiable function of shape, rotations and translation: vertices and joints of a batch (Loper et al., 2015,
/// equations 2 to 10), equal to those of <see cref="LinearBlendSkinning"/>. It has nothing to learn; its constants are not changed by training.
/// </summary>
/// <remarks>
/// B rows, J joints, S shape numbers, V' vertices: all of the model, or a subset, which costs in proportion and leaves the joints exact. Must not be
/// disposed before the gradients of what it computed are taken. Thread-safe.
/// </remarks>
public sealed class BodyLayer : IDisposable
{
    // A joint is a point of the rest pose that moves with itself alone. So joints and vertices are points alike: P = J + V', joints first.
    private readonly int points;
    private readonly string name;
    private readonly ScalarType type;
    private readonly Constants constants; // in the host's memory
    private readonly Dictionary<(DeviceType, int), Constants> copies = []; // on other devices, made when first asked for

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vertices">Vertices to be posed, in the order in which they are given back; null = all.</param>
    /// <param name="type">Type of all numbers, Float32 or Float64. Default Float32.</param>
    /// <exception cref="ArgumentException">A vertex that the model does not have, or another type.</exception>
    public BodyLayer(BodyModel model, IReadOnlyList<int>? vertices = null, ScalarType type = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (type is not (ScalarType.Float32 or ScalarType.Float64)) throw new ArgumentException($"A body layer computes with Float32 or Float64; found {type}.", nameof(type));
        var subset = vertices is null ? [.. Enumerable.Range(0, model.VertexCount)] : vertices.ToArray();
        foreach (var vertex in subset)
            if (vertex < 0 || vertex >= model.VertexCount)
                throw new ArgumentException(FormattableString.Invariant($"The body model {model.Name} has the vertices 0 .. {model.VertexCount - 1}; found vertex {vertex} among those to be posed."), nameof(vertices));

        (ShapeCount, JointCount, VertexCount) = (model.ShapeCount, model.JointCount, subset.Length);
        (points, name, this.type) = (JointCount + subset.Length, model.Name, type);
        var arrays = new BodyLayerArrays(model, subset);
        constants = new Constants(
            Keep(arrays.Rest(), 4 * points, 1),
            Keep(arrays.Directions(), 4 * points, arrays.Features),
            Keep(arrays.Weights(), points, JointCount + 1),
            [.. BodyLayerArrays.Ancestors(model.Parents).Select(slots => Tensors.From(slots, slots.Length).DetachFromDisposeScope())],
            Keep([0, 0, 0, 1], 1, 1, 1, 4),
            Keep([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 1, 1, 4, 4));
    }

    /// <summary>Number of shape coefficients S.</summary>
    public int ShapeCount { get; }

    /// <summary>Number of joints J.</summary>
    public int JointCount { get; }

    /// <summary>Number of vertices V' that are posed.</summary>
    public int VertexCount { get; }

    /// <summary>Poses one body for each row of the batch.</summary>
    /// <param name="shape">Shape coefficients, [B, S].</param>
    /// <param name="rotations">Rotation of each joint against its parent, [B, J, 3, 3]; see <see cref="RotationTensors"/>.</param>
    /// <param name="translation">Added to every vertex and joint at the end, metres, [B, 3]; null = none.</param>
    /// <returns>Vertices [B, V', 3] and joints [B, J, 3], metres.</returns>
    /// <exception cref="ArgumentException">A tensor of another shape or type.</exception>
    public (Tensor Vertices, Tensor Joints) Pose(Tensor shape, Tensor rotations, Tensor? translation = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(rotations);
        var rows = shape.shape is [var found, ..] ? found : 0;
        Check(shape, "shape", rows, ShapeCount);
        Check(rotations, "rotations", rows, JointCount, 3, 3);
        if (translation is not null) Check(translation, "translation", rows, 3);

        // The batch comes last, so that what follows works on long runs of contiguous numbers.
        var c = Beside(shape);
        var features = c.Directions.shape[1] == ShapeCount ? shape : cat([shape, rotations.narrow(1, 1, JointCount - 1).flatten(1)], 1);
        var restPoints = c.Directions.mm(features.permute(1, 0)).Plus(c.Rest).reshape(points, 4, rows);
        var restJoints = restPoints.narrow(0, 0, JointCount).narrow(1, 0, 3);
        var transforms = Transforms(c, rotations.permute(1, 0, 2, 3), restJoints.permute(0, 2, 1)).narrow(2, 0, 3);
        // Each point moves by the mean of the transforms under its weights: columns, then rows of the matrix, [P, 4, 3, B].
        var own = c.Weights.mm(transforms.permute(0, 3, 2, 1).reshape(JointCount + 1, 12 * rows)).reshape(points, 4, 3, rows);
        var posed = own.mul(restPoints.unsqueeze(2)).sum(1); // [P, 3, B]
        if (translation is not null) posed = posed.Plus(translation.permute(1, 0));
        posed = posed.permute(2, 0, 1);
        GC.KeepAlive(this); // native code sees the constants' addresses only
        return (posed.narrow(1, JointCount, VertexCount), posed.narrow(1, 0, JointCount));
    }

    /// <summary>What carries each joint's surroundings from the rest pose to where they are, [J + 1, B, 4, 4].</summary>
    /// <param name="c">The constants.</param>
    /// <param name="rotations">[J, B, 3, 3].</param>
    /// <param name="joints">Of the rest pose, [J, B, 3].</param>
    private Tensor Transforms(Constants c, Tensor rotations, Tensor joints)
    {
        var rows = joints.shape[1];
        // A joint turns what hangs on it about its own place: x -> R x + (j - R j).
        var shift = joints - rotations.mul(joints.unsqueeze(2)).sum(3);
        var local = cat([cat([rotations, shift.unsqueeze(3)], 3), c.LastRow.expand(JointCount, rows, 1, 4)], 2);
        var chained = cat([local, c.Still.expand(1, rows, 4, 4)], 0).reshape(-1, 4, 4);
        // After n steps each transform is the product over its last 2^n joints, so that few large products do instead of one for each joint.
        foreach (var above in c.Ancestors)
            chained = chained.reshape(JointCount + 1, 16 * rows).index_select(0, above).reshape(-1, 4, 4).bmm(chained);
        return chained.reshape(JointCount + 1, rows, 4, 4);
    }

    /// <summary>Frees the constants.</summary>
    public void Dispose()
    {
        foreach (var each in copies.Values.Append(constants))
            foreach (var constant in each.All) constant.Dispose();
    }

    private Constants Beside(Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CPU) return constants;
        var device = (tensor.device_type, tensor.device_index);
        lock (copies)
            return copies.TryGetValue(device, out var made) ? made : copies[device] = constants.Beside(tensor);
    }

    private Tensor Keep(double[] numbers, params long[] shape) => Tensors.From(numbers, shape, type).DetachFromDisposeScope();

    /// <param name="Rest">[4 P, 1]: (x, y, z, 1) of the mean shape, without what the pose directions add at rotations of zero.</param>
    /// <param name="Directions">[4 P, S], or [4 P, S + 9 (J - 1)] with pose directions.</param>
    /// <param name="Weights">[P, J + 1].</param>
    /// <param name="Ancestors">Each [J + 1]: the parents, the parents' parents, their parents' parents' parents ... (1, 2, 4 ... up).</param>
    /// <param name="LastRow">[1, 1, 1, 4].</param>
    /// <param name="Still">[1, 1, 4, 4]: the transform of joint number J, which stands for the root's parent.</param>
    private sealed record Constants(Tensor Rest, Tensor Directions, Tensor Weights, Tensor[] Ancestors, Tensor LastRow, Tensor Still)
    {
        public IEnumerable<Tensor> All => [Rest, Directions, Weights, LastRow, Still, .. Ancestors];

        public Constants Beside(Tensor tensor)
        {
            using var scope = NewDisposeScope();
            return new(Copy(Rest), Copy(Directions), Copy(Weights), Array.ConvertAll(Ancestors, Copy), Copy(LastRow), Copy(Still));

            Tensor Copy(Tensor constant) => constant.Beside(tensor).DetachFromDisposeScope();
        }
    }

    private void Check(Tensor given, string what, params long[] expected)
    {
        if (!given.shape.SequenceEqual(expected))
            throw new ArgumentException(FormattableString.Invariant($"The body layer of {name} takes {what} as [{string.Join(", ", expected)}] for {expected[0]} rows; found [{string.Join(", ", given.shape)}]."), what);
        if (given.dtype != type)
            throw new ArgumentException($"The body layer of {name} computes with {type}; found {what} of {given.dtype}.", what);
    }
}
