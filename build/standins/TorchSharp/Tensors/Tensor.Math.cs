using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Ops.add.Call(left, right);
        public static Tensor operator +(Tensor left, double right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator -(Tensor left, Tensor right) => Ops.sub.Call(left, right);
        public static Tensor operator -(Tensor left, int right) => Ops.sub_scalar.Call(left, (long)right);
        public static Tensor operator *(Tensor left, Tensor right) => Ops.mul.Call(left, right);
        public static Tensor operator *(Tensor left, double right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator /(Tensor left, Tensor right) => Ops.div.Call(left, right);
        public static Tensor operator -(Tensor tensor) => Ops.neg.Call(tensor);

        public Tensor sub(Tensor target) => Ops.sub.Call(this, target);
        public Tensor mul(Tensor target) => Ops.mul.Call(this, target);
        public Tensor mul(Scalar target) => Ops.mul_scalar.Call(this, target);
        public Tensor neg() => Ops.neg.Call(this);
        public Tensor abs() => Ops.abs.Call(this);
        public Tensor square() => Ops.square.Call(this);
        public Tensor sqrt() => Ops.sqrt.Call(this);
        public Tensor sin() => Ops.sin.Call(this);
        public Tensor sinh() => Ops.sinh.Call(this);
        public Tensor atan2(Tensor other) => Ops.atan2.Call(this, other);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);
        public Tensor lt(Scalar target) => Ops.lt.Call(this, target);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);
        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Call(this, dim, keepdim);
        public Tensor mm(Tensor target) => Ops.mm.Call(this, target);
        public Tensor bmm(Tensor batch2) => Ops.bmm.Call(this, batch2);

        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, new[] { dim }, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim.Call(this, dim.ToArray(), keepdim, type);
        public Tensor mean() => Ops.mean.Call(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean_dim.Call(this, dimensions, keepdim, type);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax.Call(this, dim, dtype);
    }
}
