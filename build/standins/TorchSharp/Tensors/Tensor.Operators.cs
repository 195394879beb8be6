using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Ops.add.Call(left, right);
        public static Tensor operator +(Tensor left, Scalar right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator +(Scalar left, Tensor right) => Ops.add_scalar.Call(right, left);
        public static Tensor operator +(Tensor left, int right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator +(Tensor left, long right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator +(Tensor left, float right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator +(Tensor left, double right) => Ops.add_scalar.Call(left, right);
        public static Tensor operator +(int left, Tensor right) => Ops.add_scalar.Call(right, left);
        public static Tensor operator +(long left, Tensor right) => Ops.add_scalar.Call(right, left);
        public static Tensor operator +(float left, Tensor right) => Ops.add_scalar.Call(right, left);
        public static Tensor operator +(double left, Tensor right) => Ops.add_scalar.Call(right, left);

        public static Tensor operator -(Tensor tensor) => Ops.neg.Call(tensor);
        public static Tensor operator -(Tensor left, Tensor right) => Ops.sub.Call(left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub_scalar.Call(right, left);
        public static Tensor operator -(Tensor left, int right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(Tensor left, long right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(Tensor left, float right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(Tensor left, double right) => Ops.sub_scalar.Call(left, right);
        public static Tensor operator -(int left, Tensor right) => Ops.rsub_scalar.Call(right, left);
        public static Tensor operator -(long left, Tensor right) => Ops.rsub_scalar.Call(right, left);
        public static Tensor operator -(float left, Tensor right) => Ops.rsub_scalar.Call(right, left);
        public static Tensor operator -(double left, Tensor right) => Ops.rsub_scalar.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Ops.mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(Scalar left, Tensor right) => Ops.mul_scalar.Call(right, left);
        public static Tensor operator *(Tensor left, int right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(Tensor left, long right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(Tensor left, float right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(Tensor left, double right) => Ops.mul_scalar.Call(left, right);
        public static Tensor operator *(int left, Tensor right) => Ops.mul_scalar.Call(right, left);
        public static Tensor operator *(long left, Tensor right) => Ops.mul_scalar.Call(right, left);
        public static Tensor operator *(float left, Tensor right) => Ops.mul_scalar.Call(right, left);
        public static Tensor operator *(double left, Tensor right) => Ops.mul_scalar.Call(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Ops.div.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator /(Scalar left, Tensor right) => Divide(left, right);
        public static Tensor operator /(Tensor left, int right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator /(Tensor left, long right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator /(Tensor left, float right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator /(Tensor left, double right) => Ops.div_scalar.Call(left, right);
        public static Tensor operator /(int left, Tensor right) => Divide(left, right);
        public static Tensor operator /(long left, Tensor right) => Divide(left, right);
        public static Tensor operator /(float left, Tensor right) => Divide(left, right);
        public static Tensor operator /(double left, Tensor right) => Divide(left, right);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public static implicit operator Tensor(int value) => tensor(value);
        public static implicit operator Tensor(long value) => tensor(value);
        public static implicit operator Tensor(float value) => tensor(value);
        public static implicit operator Tensor(double value) => tensor(value);
        public static implicit operator Tensor(bool value) => tensor(value);
        public static implicit operator Tensor(Scalar scalar) => full(Array.Empty<long>(), scalar, scalar.Type);

        private static Tensor Divide(Arg left, Tensor right)
        {
            using var inverse = Ops.reciprocal.Call(right);
            return Ops.mul_scalar.Call(inverse, left);
        }
    }
}
