using Ilt.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// A task whose label is a count: a whole number from 0, such as visits, claims, defects or cells in an image. It predicts the expected count mu,
/// which is above 0 and no whole number. The per-row loss is the unit deviance of the Poisson distribution, by twice a dispersion phi:
/// <code>l = (mu - y + y log(y / mu)) / phi,     y log(y / mu) = 0 for y = 0</code>
/// It is the negative log-likelihood of an over- or underdispersed (quasi-)Poisson distribution up to a constant, 0 where mu is the label and never
/// negative.
/// </summary>
/// <remarks>
/// Deviance and dispersion: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd edition, 1989, chapters 2.3, 6.2 and 9.2. In place of
/// their estimate from residuals, phi is the median over the labelled training rows of the numerator when the mean of the labels (but for those above <see cref="TargetClip"/>) is predicted, so
/// that losses of small and of huge counts have one size; wrong labels hardly move it. With the logarithm as link, mu = exp(eta) times that
/// mean; eta is kept from -10 up to where mu is the highest count that is learned (<see cref="TargetClip"/>). Labels are <see cref="NumberLabels"/>
/// of one dimension; up to 2^24 they are kept exactly, beyond that to seven digits.
/// </remarks>
/// <param name="Name">The task's name.</param>
public sealed record CountTask(string Name) : TaskDefinition(Name), INumberTask
{
    /// <summary>
    /// Higher labels are learned as the count whose logarithm is so many deviations above the median of those of the labels above 0, rounded up, so
    /// that one unit error does not own the training. Metrics are of the labels as they are.
    /// </summary>
    /// <value>In deviations of the logarithm, from its quartiles; positive; the default is 4.</value>
    public double TargetClip { get; init; } = 4;

    /// <inheritdoc/>
    public override int Channels => 1;

    /// <inheritdoc/>
    /// <remarks>1, as for a classification: the loss is a negative log-likelihood, not a squared distance.</remarks>
    public override double Coefficient => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (!(TargetClip > 0))
            throw new ArgumentException(FormattableString.Invariant($"Task '{Name}': {nameof(TargetClip)} must be positive, found {TargetClip}."));
    }

    int INumberTask.Dimensions => 1;

    string? INumberTask.Problem(float number) => number >= 0 && float.IsInteger(number)
        ? null
        : FormattableString.Invariant($"is {number}; counts are whole numbers from 0. Mend it, leave it empty (NaN) for 'no label', ")
            + $"or make the task a {nameof(RegressionTask)}.";

    internal override (string Kind, string Labels) InWords => ("a count", "number labels");

    internal override bool HasScale => true;

    internal override bool CanBeSource => true;

    internal override CountScaling FitScale(TaskLabels labels)
    {
        var counts = Labelled((NumberLabels)labels);
        if (counts.Length < 2)
            throw new ArgumentException($"Task '{Name}': {counts.Length} training row(s) have a label; at least 2 are needed. "
                + "Check the label column, or leave the task out.");
        return CountScaling.Fit(counts, TargetClip, Name);
    }

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale)
    {
        var counts = (CountScaling)scale!;
        var losses = Array.ConvertAll(Labelled((NumberLabels)labels), Loss);
        Array.Sort(losses);
        return losses[losses.Length / 2] is var median and > 1e-3 ? median : losses.Average();

        double Loss(float count) => PoissonDeviance.Half(Math.Min(count, counts.Highest), counts.Mean) / counts.Dispersion;
    }

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) =>
        new CountTargets((NumberLabels)labels, (CountScaling)scale!, rows);

    // With r = log(mu / y) it is y (exp(r) - 1 - r), which keeps its digits where mu is near y, and mu where y is 0.
    internal override Tensor RowLoss(Tensor output, BatchTarget target)
    {
        var scale = (CountScaling)target.Scale!;
        using Scalar mean = scale.Mean, perMean = 1 / scale.Mean, perDispersion = 1 / scale.Dispersion;
        var logRatio = scale.LogRatio(output); // [B, 1]
        var r = logRatio.sub(target.Values.clamp_min(Numbers.One).mul(perMean).log()); // of a count of 0 anything finite
        var half = where(target.Values.gt(Numbers.Zero), r.expm1().sub(r).mul(target.Values), logRatio.exp().mul(mean));
        return half.mul(perDispersion).clamp_min(Numbers.Zero).squeeze(1); // rounding must not make it negative
    }

    internal override GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) => scale!.Write(graph, output);

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) =>
        new CountEvaluator(model, index, (NumberLabels)labels);

    // On the scale of the network's output; half a count keeps the logarithm of 0 finite.
    internal override PlainTargets CreatePlainTargets(TaskLabels labels, TargetScaling? scale) => new(this, labels, scale, isClasses: false,
        Array.ConvertAll(((NumberLabels)labels).Values.ToArray(), count => float.IsNaN(count) ? count : scale!.Standardise(count + 0.5f, 0)));

    internal override Tensor SourceValue(Tensor output, TargetScaling? scale) => scale!.Restore(output);

    internal override Tensor SourceTarget(BatchTarget target, TargetScaling? scale) => target.Values;

    internal override void Write(BinaryWriter writer) => writer.Write(TargetClip);

    internal static TaskDefinition Read(SavedTask saved) => new CountTask(saved.Name) { TargetClip = saved.Reader.ReadDouble() };

    private static float[] Labelled(NumberLabels labels) =>
        [.. Enumerable.Range(0, labels.Count).Where(labels.IsLabelled).Select(row => labels[row][0])];
}
