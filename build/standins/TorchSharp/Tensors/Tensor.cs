using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a native tensor; freed by Dispose, by its dispose scope, or by the finalizer at the latest.</summary>
    public partial class Tensor : IDisposable
    {
        private IntPtr handle;

        internal Tensor(IntPtr handle)
        {
            this.handle = handle;
            DisposeScope.Innermost?.Attach(this);
        }

        ~Tensor() => Free();

        internal IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("The tensor is empty: it has been disposed.");

        /// <summary>The scope that will dispose this tensor.</summary>
        internal DisposeScope? Scope { get; set; }

        public void Dispose()
        {
            Scope?.Detach(this);
            Free();
            GC.SuppressFinalize(this);
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public long[] shape => Door.Shape(this);
        public ScalarType dtype => Door.Type(this);
        public long NumberOfElements => Door.Elements(this);

        public Tensor? grad
        {
            get => Door.Grad(this) is var found && found != IntPtr.Zero ? new Tensor(found) : null;
            set => throw new NotSupportedException("The stand-in leaves gradients to backward and zero_grad.");
        }

        public void backward() => Door.Backward(this);

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            var wanted = Door.Type(this) switch
            {
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                _ => typeof(long),
            };
            if (typeof(T) != wanted) throw new ArgumentException($"A tensor of {wanted.Name} cannot be read as {typeof(T).Name}.");
            return new TensorAccessor<T>(this);
        }

        private void Free()
        {
            var old = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (old != IntPtr.Zero) Door.Free(old);
        }
    }
}

public static class TensorExtensionMethods
{
    public static double ToDouble(this torch.Tensor value)
    {
        using var number = Ops.to_dtype.Call(value, (torch.ScalarType?)torch.ScalarType.Float64);
        return Ops.item.Number(number);
    }
}
