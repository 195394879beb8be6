using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Ops.add.Call(left, right);
        public static Tensor operator +(Tensor left, Scalar right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator -(Tensor left, Tensor right) => Ops.sub.Call(left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub.Call(right, left);
        public static Tensor operator *(Tensor left, Tensor right) => Ops.mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(Scalar left, Tensor right) => Ops.mul_scalar.Call(right, left);
        public static Tensor operator /(Tensor left, Tensor right) => Ops.div.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator -(Tensor tensor) => Ops.neg.Call(tensor);

        public Tensor add(Tensor target) => Ops.add.Call(this, target);
        public Tensor add(Scalar scalar) => Ops.add_scalar.Call(this, scalar);
        public Tensor sub(Tensor target) => Ops.sub.Call(this, target);
        public Tensor sub(Scalar target) => Ops.sub_scalar.Call(this, target);
        public Tensor mul(Tensor target) => Ops.mul.Call(this, target);
        public Tensor mul(Scalar target) => Ops.mul_scalar.Call(this, target);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div.Call(this, target);
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div_scalar.Call(this, target);
        public Tensor neg() => Ops.neg.Call(this);
        public Tensor abs() => Ops.abs.Call(this);
        public Tensor square() => Ops.square.Call(this);
        public Tensor sqrt() => Ops.sqrt.Call(this);
        public Tensor exp() => Ops.exp.Call(this);
        public Tensor log() => Ops.log.Call(this);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor eq(Tensor target) => Ops.eq.Call(this, target);
        public Tensor eq(Scalar target) => Ops.eq_scalar.Call(this, target);
        public Tensor ne(Tensor target) => Ops.ne.Call(this, target);
        public Tensor ne(Scalar target) => Ops.ne_scalar.Call(this, target);
        public Tensor lt(Scalar target) => Ops.lt_scalar.Call(this, target);
        public Tensor gt(Scalar target) => Ops.gt_scalar.Call(this, target);
        public Tensor isnan() => Ops.isnan.Call(this);
        public Tensor logical_not() => Ops.logical_not.Call(this);

        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, new[] { dim }, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, dim, keepdim, type);
        public Tensor mean() => Ops.mean.Call(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean_dim.Call(this, dimensions, keepdim, type);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.max_dim.Pair(this, dim, keepdim);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax.Call(this, dim, dtype);
    }
}
