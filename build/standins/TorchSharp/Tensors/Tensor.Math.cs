using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Ops.add.Call(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Ops.add.Call(this, target, alpha);
        public Tensor add(Scalar scalar) => Ops.add_scalar.Call(this, scalar);
        public Tensor add_(Tensor target) => Ops.add_.Call(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Ops.add_.Call(this, target, alpha);
        public Tensor add_(Scalar scalar) => Ops.add_scalar_.Call(this, scalar);
        public Tensor sub(Tensor target) => Ops.sub.Call(this, target);
        public Tensor sub(Scalar target) => Ops.sub_scalar.Call(this, target);
        public Tensor sub_(Tensor target) => Ops.sub_.Call(this, target);
        public Tensor sub_(Scalar target) => Ops.sub_scalar_.Call(this, target);
        public Tensor mul(Tensor target) => Ops.mul.Call(this, target);
        public Tensor mul(Scalar target) => Ops.mul_scalar.Call(this, target);
        public Tensor mul_(Tensor target) => Ops.mul_.Call(this, target);
        public Tensor mul_(Scalar target) => Ops.mul_scalar_.Call(this, target);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => True(rounding_mode, Ops.div).Call(this, target);
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => True(rounding_mode, Ops.div_scalar).Call(this, target);
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => True(rounding_mode, Ops.div_).Call(this, target);
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => True(rounding_mode, Ops.div_scalar_).Call(this, target);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul_.Call(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv_.Call(this, tensor1, tensor2, value);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.copy_.Call(this, source, nonBlocking);
        public Tensor zero_() => Ops.zero_.Call(this);
        public Tensor fill_(Scalar value) => Ops.fill_.Call(this, value);
        public Tensor uniform_(double from, double to, Generator? generator = null) => Ops.uniform_.Call(this, from, to);
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Ops.normal_.Call(this, mean, std);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.clamp_.Call(this, min, max);

        public Tensor pow(Tensor exponent) => Ops.pow.Call(this, exponent);
        public Tensor pow(Scalar exponent) => Ops.pow_scalar.Call(this, exponent);
        public Tensor square() => Ops.square.Call(this);
        public Tensor sqrt() => Ops.sqrt.Call(this);
        public Tensor exp() => Ops.exp.Call(this);
        public Tensor log() => Ops.log.Call(this);
        public Tensor log1p() => Ops.log1p.Call(this);
        public Tensor abs() => Ops.abs.Call(this);
        public Tensor neg() => Ops.neg.Call(this);
        public Tensor isnan() => Ops.isnan.Call(this);
        public Tensor isfinite() => Ops.isfinite.Call(this);
        public Tensor logical_not() => Ops.logical_not.Call(this);
        public Tensor logical_and(Tensor other) => Ops.logical_and.Call(this, other);
        public Tensor maximum(Tensor other) => Ops.maximum.Call(this, other);
        public Tensor minimum(Tensor other) => Ops.minimum.Call(this, other);
        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.masked_fill.Call(this, mask, value);
        public Tensor where(Tensor condition, Tensor y) => Ops.where.Call(condition, this, y);
        public Tensor matmul(Tensor target) => Ops.matmul.Call(this, target);
        public Tensor mm(Tensor target) => Ops.mm.Call(this, target);

        public Tensor eq(Tensor target) => Ops.eq.Call(this, target);
        public Tensor eq(Scalar target) => Ops.eq_scalar.Call(this, target);
        public Tensor ne(Tensor target) => Ops.ne.Call(this, target);
        public Tensor ne(Scalar target) => Ops.ne_scalar.Call(this, target);
        public Tensor lt(Tensor target) => Ops.lt.Call(this, target);
        public Tensor lt(Scalar target) => Ops.lt_scalar.Call(this, target);
        public Tensor le(Tensor target) => Ops.le.Call(this, target);
        public Tensor le(Scalar target) => Ops.le_scalar.Call(this, target);
        public Tensor gt(Tensor target) => Ops.gt.Call(this, target);
        public Tensor gt(Scalar target) => Ops.gt_scalar.Call(this, target);
        public Tensor ge(Tensor target) => Ops.ge.Call(this, target);
        public Tensor ge(Scalar target) => Ops.ge_scalar.Call(this, target);

        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, new[] { dim }, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, dim, keepdim, type);
        public Tensor mean() => Ops.mean.Call(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean_dim.Call(this, dimensions, keepdim, type);
        public Tensor max() => Ops.max.Call(this);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.max_dim.Call2(this, dim, keepdim);
        public Tensor min() => Ops.min.Call(this);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Ops.min_dim.Call2(this, dim, keepdim);
        public Tensor argmax() => Ops.argmax.Call(this);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);
        public Tensor argmin() => Ops.argmin.Call(this);
        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Call(this, dim, keepdim);
        public Tensor norm(float p = 2) => Ops.norm.Call(this, p);
        public Tensor std(bool unbiased = true) => Ops.std.Call(this, unbiased);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Ops.std_dim.Call(this, dimensions, unbiased, keepdim);
        public Tensor any() => Ops.any.Call(this);
        public Tensor all() => Ops.all.Call(this);
        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Call(this, new[] { dim }, keepdim);

        public Tensor relu() => Ops.relu.Call(this);
        public Tensor sigmoid() => Ops.sigmoid.Call(this);
        public Tensor tanh() => Ops.tanh.Call(this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax.Call(this, dim, dtype);

        private static Op True(RoundingMode mode, Op op) =>
            mode == RoundingMode.None ? op : throw new NotSupportedException($"The stand-in only divides exactly; got {mode}.");
    }

    public enum RoundingMode { None = 0 }
}
