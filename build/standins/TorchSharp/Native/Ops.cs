namespace TorchSharp.Native;

/// <summary>The operators in use: a new one is one line here and one line where it is offered.</summary>
internal static class Ops
{
    // Memory and shape.
    internal static readonly Op clone = new("clone"), contiguous = new("contiguous"), detach = new("detach"), detach_ = new("detach_");
    internal static readonly Op to_dtype = new("to", "dtype"), item = new("item"), equal = new("equal"), copy_ = new("copy_");
    internal static readonly Op view = new("view"), reshape = new("reshape"), flatten = new("flatten", "using_ints"), expand = new("expand");
    internal static readonly Op squeeze = new("squeeze"), squeeze_dim = new("squeeze", "dim"), unsqueeze = new("unsqueeze");
    internal static readonly Op transpose = new("transpose", "int"), t = new("t"), narrow = new("narrow"), slice = new("slice", "Tensor"), select = new("select", "int");
    internal static readonly Op cat = new("cat"), stack = new("stack"), gather = new("gather"), index_select = new("index_select");

    // Making.
    internal static readonly Op zeros = new("zeros"), ones = new("ones"), full = new("full"), empty = new("empty", "memory_format");
    internal static readonly Op rand = new("rand"), randn = new("randn"), randperm = new("randperm"), arange = new("arange", "start_step");
    internal static readonly Op zeros_like = new("zeros_like"), ones_like = new("ones_like");
    internal static readonly Op uniform_ = new("uniform_"), normal_ = new("normal_"), zero_ = new("zero_"), fill_ = new("fill_", "Scalar");

    // Arithmetic.
    internal static readonly Op add = new("add", "Tensor"), add_scalar = new("add", "Scalar"), add_ = new("add_", "Tensor"), add_scalar_ = new("add_", "Scalar");
    internal static readonly Op sub = new("sub", "Tensor"), sub_scalar = new("sub", "Scalar"), rsub_scalar = new("rsub", "Scalar"), sub_ = new("sub_", "Tensor"), sub_scalar_ = new("sub_", "Scalar");
    internal static readonly Op mul = new("mul", "Tensor"), mul_scalar = new("mul", "Scalar"), mul_ = new("mul_", "Tensor"), mul_scalar_ = new("mul_", "Scalar");
    internal static readonly Op div = new("div", "Tensor"), div_scalar = new("div", "Scalar"), div_ = new("div_", "Tensor"), div_scalar_ = new("div_", "Scalar"), reciprocal = new("reciprocal");
    internal static readonly Op pow = new("pow", "Tensor_Tensor"), pow_scalar = new("pow", "Tensor_Scalar"), neg = new("neg"), abs = new("abs"), square = new("square"), sqrt = new("sqrt");
    internal static readonly Op exp = new("exp"), log = new("log"), log1p = new("log1p"), isnan = new("isnan"), isfinite = new("isfinite"), logical_not = new("logical_not"), logical_and = new("logical_and");
    internal static readonly Op clamp = new("clamp"), clamp_ = new("clamp_"), maximum = new("maximum"), minimum = new("minimum"), where = new("where", "self");
    internal static readonly Op addcmul_ = new("addcmul_"), addcdiv_ = new("addcdiv_"), matmul = new("matmul"), mm = new("mm"), masked_fill = new("masked_fill", "Scalar");

    // Comparison.
    internal static readonly Op eq = new("eq", "Tensor"), eq_scalar = new("eq", "Scalar"), ne = new("ne", "Tensor"), ne_scalar = new("ne", "Scalar");
    internal static readonly Op lt = new("lt", "Tensor"), lt_scalar = new("lt", "Scalar"), le = new("le", "Tensor"), le_scalar = new("le", "Scalar");
    internal static readonly Op gt = new("gt", "Tensor"), gt_scalar = new("gt", "Scalar"), ge = new("ge", "Tensor"), ge_scalar = new("ge", "Scalar");

    // Reduction.
    internal static readonly Op sum = new("sum"), sum_dim = new("sum", "dim_IntList"), mean = new("mean"), mean_dim = new("mean", "dim");
    internal static readonly Op max = new("max"), max_dim = new("max", "dim"), min = new("min"), min_dim = new("min", "dim"), argmax = new("argmax"), argmin = new("argmin");
    internal static readonly Op norm = new("norm", "Scalar"), std = new("std"), std_dim = new("std", "dim"), any = new("any"), all = new("all"), logsumexp = new("logsumexp");

    // Networks.
    internal static readonly Op relu = new("relu"), relu_ = new("relu_"), gelu = new("gelu"), silu = new("silu"), silu_ = new("silu_"), sigmoid = new("sigmoid"), tanh = new("tanh");
    internal static readonly Op softmax = new("softmax", "int"), log_softmax = new("log_softmax", "int"), linear = new("linear"), dropout = new("dropout"), dropout_ = new("dropout_");
    internal static readonly Op cross_entropy_loss = new("cross_entropy_loss"), mse_loss = new("mse_loss"), batch_norm = new("batch_norm"), layer_norm = new("layer_norm");
    internal static readonly Op bce_with_logits = new("binary_cross_entropy_with_logits");
}
