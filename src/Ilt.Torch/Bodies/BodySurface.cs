using Ilt.Bodies;
using Ilt.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The surface of a parametric body from its shape and its pose: the paper's loss on reconstructed vertices, by which the heads of shape and
/// pose are held to what they mean together. Vertices are in metres in the model's frame, turned by the root joint, without translation.
/// </summary>
public sealed class BodySurface : TaskDerivation
{
    internal const string KindName = "body surface";

    private readonly BodyLayer layer;

    /// <summary>Prepares a body.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vertices">
    /// Vertices to compute, at least 1, spread evenly over those that belong to a triangle; a model with fewer gives all of them. A loss and an
    /// error over some hundred of them say what those over all would. The default is 1,000.
    /// </param>
    public BodySurface(BodyModel model, int vertices = 1000) : this(model, Spread(model, vertices))
    {
    }

    internal BodySurface(BodyModel model, int[] vertices) : base(KindName)
    {
        (Model, Vertices, layer) = (model, vertices, new BodyLayer(model, vertices));
    }

    /// <summary>The model.</summary>
    public BodyModel Model { get; }

    /// <summary>The vertices that are computed, in the order of the result.</summary>
    public IReadOnlyList<int> Vertices { get; }

    /// <summary>Three numbers per vertex.</summary>
    /// <param name="sourceDimensions">
    /// Of shape (at most as many coefficients as the model has) and pose: per joint three numbers (axis-angle), six (<see cref="Rotations"/>) or
    /// nine (a matrix, row by row, of which the first two columns count).
    /// </param>
    /// <exception cref="ArgumentException">The sources are no shape and pose of this model.</exception>
    public override int Dimensions(IReadOnlyList<int> sourceDimensions)
    {
        if (sourceDimensions.Count != 2) throw new ArgumentException($"a body's surface comes from two tasks, shape and pose, found {sourceDimensions.Count}.");
        if (sourceDimensions[0] > Model.ShapeCount)
            throw new ArgumentException($"the first is the shape, of at most {Model.ShapeCount} numbers for the body model {Model.Name}, found {sourceDimensions[0]} numbers.");
        var joints = Model.JointCount;
        if (sourceDimensions[1] != 3 * joints && sourceDimensions[1] != 6 * joints && sourceDimensions[1] != 9 * joints)
            throw new ArgumentException($"the second is the pose of {joints} joints, {3 * joints} numbers (axis-angle), {6 * joints} (six per joint) or {9 * joints} (matrices) for the body model {Model.Name}, found {sourceDimensions[1]} numbers.");
        return 3 * Vertices.Count;
    }

    /// <inheritdoc/>
    public override Tensor Compute(IReadOnlyList<Tensor> sources) => Pose(sources).Vertices.flatten(1, -1);

    internal override DerivedErrors CreateErrors() => new Errors(this);

    private (Tensor Vertices, Tensor Joints) Pose(IReadOnlyList<Tensor> sources) => layer.Pose(AllCoefficients(sources[0]), ToMatrices(sources[1]));

    // Coefficients that are not predicted are zero.
    private Tensor AllCoefficients(Tensor shape) =>
        shape.shape[1] == Model.ShapeCount ? shape : cat([shape, shape.new_zeros([shape.shape[0], Model.ShapeCount - shape.shape[1]])], 1);

    private Tensor ToMatrices(Tensor pose)
    {
        var perJoint = pose.shape[1] / Model.JointCount;
        return perJoint switch
        {
            3 => RotationTensors.AxisAnglesToMatrices(pose),
            6 => RotationTensors.SixToMatrices(pose),
            // What a network predicts is no rotation yet; Gram and Schmidt make one of its first two columns.
            _ => RotationTensors.SixToMatrices(RotationTensors.MatricesToSix(pose.reshape(pose.shape[0], Model.JointCount, 3, 3))),
        };
    }

    private static int[] Spread(BodyModel model, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int[] used = [.. model.Faces.Distinct().Order()]; // the others mark joints or nothing
        return used.Length <= count ? used : [.. Enumerable.Range(0, count).Select(i => used[(int)((long)i * used.Length / count)])];
    }

    private sealed class Errors(BodySurface surface) : DerivedErrors
    {
        private readonly SurfaceErrors vertices = new();
        private readonly JointErrors joints = new();

        public override void Add(IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> predicted)
        {
            var (givenBody, predictedBody) = (surface.Pose(given), surface.Pose(predicted));
            Each(givenBody.Vertices, predictedBody.Vertices, (a, b) => vertices.Add(a, b));
            Each(givenBody.Joints, predictedBody.Joints, (a, b) => joints.Add(a, b));
        }

        public override double[] Sums
        {
            get => [.. vertices.Sums, .. joints.Sums];
            set => (vertices.Sums, joints.Sums) = (value[..vertices.Sums.Length], value[vertices.Sums.Length..]);
        }

        public override IReadOnlyList<Metric> Metrics() =>
        [
            new(MetricNames.SurfaceError, vertices.MeanMillimetres, "mm", HigherIsBetter: false) { Caption = "surface error" },
            new(MetricNames.JointError, joints.MeanMillimetres, "mm", HigherIsBetter: false) { Caption = "MPJPE" },
            new(MetricNames.AlignedJointError, joints.AlignedMillimetres, "mm", HigherIsBetter: false) { Caption = "aligned" },
        ];

        private static void Each(Tensor given, Tensor predicted, Action<float[], float[]> add)
        {
            var (rows, size) = ((int)given.shape[0], (int)(given.shape[1] * 3));
            var (a, b) = (Tensors.ToArray(given), Tensors.ToArray(predicted));
            for (var row = 0; row < rows; row++) add(a[(row * size)..((row + 1) * size)], b[(row * size)..((row + 1) * size)]);
        }
    }
}
