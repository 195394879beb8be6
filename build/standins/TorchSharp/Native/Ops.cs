namespace TorchSharp.Native;

/// <summary>The operators in use: a new one is one line here and one line where it is offered.</summary>
internal static class Ops
{
    // Making and memory.
    internal static readonly Op zeros = new("zeros"), zeros_like = new("zeros_like"), ones = new("ones"), empty = new("empty", "memory_format");
    internal static readonly Op uniform_ = new("uniform_"), fill_ = new("fill_", "Scalar");
    internal static readonly Op contiguous = new("contiguous"), detach = new("detach"), clone = new("clone"), copy_ = new("copy_"), item = new("item"), to_dtype = new("to", "dtype");

    // Shape and selection.
    internal static readonly Op flatten = new("flatten", "using_ints"), squeeze = new("squeeze"), squeeze_dim = new("squeeze", "dim"), narrow = new("narrow");
    internal static readonly Op stack = new("stack"), cat = new("cat"), gather = new("gather"), index_select = new("index_select"), select = new("select", "int");
    internal static readonly Op reshape = new("reshape"), permute = new("permute"), unsqueeze = new("unsqueeze"), expand = new("expand"), where = new("where", "self");

    // Arithmetic.
    internal static readonly Op add = new("add", "Tensor"), sub = new("sub", "Tensor"), mul = new("mul", "Tensor"), add_scalar = new("add", "Scalar"), sub_scalar = new("sub", "Scalar"), mul_scalar = new("mul", "Scalar"), div = new("div", "Tensor");
    internal static readonly Op neg = new("neg"), abs = new("abs"), square = new("square"), sqrt = new("sqrt"), clamp = new("clamp");
    internal static readonly Op sin = new("sin"), sinh = new("sinh"), atan2 = new("atan2"), lt = new("lt", "Scalar"), argmax = new("argmax"), argmin = new("argmin");
    internal static readonly Op mm = new("mm"), bmm = new("bmm"), cross = new("linalg_cross");
    internal static readonly Op sum = new("sum"), sum_dim = new("sum", "dim_IntList"), mean = new("mean"), mean_dim = new("mean", "dim"), norm = new("norm", "Scalar");

    // In place, for the optimizer.
    internal static readonly Op add_ = new("add_", "Tensor"), add_scalar_ = new("add_", "Scalar"), mul_scalar_ = new("mul_", "Scalar"), div_scalar_ = new("div_", "Scalar");
    internal static readonly Op addcmul_ = new("addcmul_"), addcdiv_ = new("addcdiv_");

    // Networks.
    internal static readonly Op linear = new("linear"), relu = new("relu"), relu_ = new("relu_"), dropout = new("dropout"), dropout_ = new("dropout_");
    internal static readonly Op softmax = new("softmax", "int"), log_softmax = new("log_softmax", "int"), cross_entropy = new("cross_entropy_loss");
    internal static readonly Op conv2d = new("conv2d"), conv_transpose2d = new("conv_transpose2d", "input"), batch_norm = new("batch_norm");
    internal static readonly Op max_pool2d = new("max_pool2d"), adaptive_avg_pool2d = new("adaptive_avg_pool2d");
    internal static readonly Op upsample_nearest2d = new("upsample_nearest2d"), upsample_bilinear2d = new("upsample_bilinear2d");
}
