namespace TorchSharp.Native;

/// <summary>The operators in use: a new one is one line here and one line where it is offered.</summary>
internal static class Ops
{
    // Making, memory and shape.
    internal static readonly Op zeros = new("zeros"), zeros_like = new("zeros_like"), empty = new("empty", "memory_format"), uniform_ = new("uniform_");
    internal static readonly Op contiguous = new("contiguous"), detach = new("detach"), copy_ = new("copy_"), item = new("item");
    internal static readonly Op stack = new("stack"), gather = new("gather"), index_select = new("index_select");

    // Arithmetic.
    internal static readonly Op add = new("add", "Tensor"), sub = new("sub", "Tensor"), mul = new("mul", "Tensor"), mul_scalar = new("mul", "Scalar");
    internal static readonly Op neg = new("neg"), square = new("square"), sqrt = new("sqrt");
    internal static readonly Op sum = new("sum"), sum_dim = new("sum", "dim_IntList"), mean = new("mean"), mean_dim = new("mean", "dim"), norm = new("norm", "Scalar");

    // In place, for the optimizer.
    internal static readonly Op add_ = new("add_", "Tensor"), add_scalar_ = new("add_", "Scalar"), mul_scalar_ = new("mul_", "Scalar"), div_scalar_ = new("div_", "Scalar");
    internal static readonly Op addcmul_ = new("addcmul_"), addcdiv_ = new("addcdiv_");

    // Networks.
    internal static readonly Op linear = new("linear"), relu = new("relu"), relu_ = new("relu_"), dropout = new("dropout"), dropout_ = new("dropout_");
    internal static readonly Op softmax = new("softmax", "int"), log_softmax = new("log_softmax", "int");
}
