using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>How a <see cref="DerivedTask"/> is computed from its sources: the vertices of a body from its shape and pose, or any function of the user's.</summary>
public abstract class TaskDerivation
{
    private protected TaskDerivation(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Its name. A saved model holds the name of a function of the user's, not its code.</summary>
    public string Name { get; }

    /// <summary>Numbers per row that it gives.</summary>
    /// <param name="sourceDimensions">Numbers per row of each source.</param>
    /// <exception cref="ArgumentException">It does not take sources of these lengths; the message says which it takes.</exception>
    public abstract int Dimensions(IReadOnlyList<int> sourceDimensions);

    /// <summary>Computes it, differentiably.</summary>
    /// <param name="sources">
    /// Per source [B, D_k]: numbers in the user's units of a regression; of a classification the probabilities of the classes, or for labels
    /// 1 for the label's class and 0 elsewhere.
    /// </param>
    /// <returns>[B, <see cref="Dimensions"/>].</returns>
    public abstract Tensor Compute(IReadOnlyList<Tensor> sources);

    /// <summary>A computation of the user's own.</summary>
    /// <param name="name">Its name; a model that was trained with it asks for the computation of this name when it is loaded.</param>
    /// <param name="dimensions">Says how many numbers per row it gives for sources of these lengths; throws ArgumentException where they do not fit.</param>
    /// <param name="compute">
    /// From [B, D_k] per source to [B, dimensions], with operations that torch can differentiate. Called in training and for predictions,
    /// sometimes without gradients. TorchSharp 0.107 may free a number while native code reads it, also the one behind <c>a + b</c> and
    /// <c>square()</c>: keep a number as a static <c>Scalar</c>, write <c>a.add(b, One)</c> and <c>a.mul(a)</c>, or a training may die at random.
    /// </param>
    public static TaskDerivation FromFunction(string name, Func<IReadOnlyList<int>, int> dimensions, Func<IReadOnlyList<Tensor>, Tensor> compute)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(compute);
        return new FunctionDerivation(name, dimensions, compute);
    }

    /// <summary>Gathers errors in the units of its field; null where those of any regression do.</summary>
    internal virtual DerivedErrors? CreateErrors() => null;

    private sealed class FunctionDerivation(string name, Func<IReadOnlyList<int>, int> dimensions, Func<IReadOnlyList<Tensor>, Tensor> compute) : TaskDerivation(name)
    {
        public override int Dimensions(IReadOnlyList<int> sourceDimensions) => dimensions(sourceDimensions);

        public override Tensor Compute(IReadOnlyList<Tensor> sources) => compute(sources);
    }
}

/// <summary>Errors of a derived task in the units of its field.</summary>
internal abstract class DerivedErrors
{
    /// <summary>Adds rows: the values of the sources, [B, D_k] each.</summary>
    public abstract void Add(IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> predicted);

    /// <summary>All that was counted, which adds up number by number.</summary>
    public abstract double[] Sums { get; set; }

    /// <summary>The errors of all rows.</summary>
    public abstract IReadOnlyList<Metric> Metrics();
}
