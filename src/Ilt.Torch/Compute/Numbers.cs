using TorchSharp;

namespace Ilt.Torch;

/// <summary>Numbers that tensor operations take, kept for the whole process.</summary>
/// <remarks>
/// TorchSharp wraps a number in a <see cref="Scalar"/> with a finaliser and hands native code only its address: where another thread collects
/// garbage in that moment, native code reads freed memory. So in <c>x * 2</c>, and wherever TorchSharp makes the wrapper itself
/// (<c>a + b</c> of two tensors, <c>square()</c>, its batch norm), a training can die at random. A number that is known beforehand is kept here or
/// in another static field; one that is computed stands in a <c>using</c> around its uses. A test reads the compiled code and holds all of it to this.
/// </remarks>
internal static class Numbers
{
    public static readonly Scalar Zero = 0.0;
    public static readonly Scalar Half = 0.5;
    public static readonly Scalar One = 1;
    public static readonly Scalar Two = 2;

    /// <summary>The sum of two tensors: TorchSharp's own <c>+</c> multiplies the second by a number it does not keep.</summary>
    public static torch.Tensor Plus(this torch.Tensor left, torch.Tensor right) => left.add(right, One);

    /// <summary>The same with a number that is kept.</summary>
    public static torch.Tensor Plus(this torch.Tensor left, Scalar right) => left.add(right, One);

    /// <summary>The squares, as TorchSharp's own <c>square</c>, whose exponent it does not keep.</summary>
    public static torch.Tensor Squared(this torch.Tensor tensor) => tensor.pow(Two);
}
