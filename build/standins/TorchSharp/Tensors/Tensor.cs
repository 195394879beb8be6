using System.Runtime.CompilerServices;
using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a native tensor; freed by Dispose, by its dispose scope, or by the finalizer at the latest.</summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private IntPtr handle;

        internal Tensor(IntPtr handle)
        {
            this.handle = handle;
            var now = Interlocked.Increment(ref totalCount);
            if (now > Volatile.Read(ref peakCount)) Volatile.Write(ref peakCount, now);
            DisposeScope.Innermost?.Attach(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>How many tensors are alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);
        public static long PeakCount => Interlocked.Read(ref peakCount);

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("The tensor is empty: it has been disposed.");
        public bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>The scope that will dispose this tensor.</summary>
        internal DisposeScope? Scope { get; set; }

        public void Dispose()
        {
            Scope?.MarkAsDisposed(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var old = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (old == IntPtr.Zero) return;
            Door.Free(old);
            Interlocked.Decrement(ref totalCount);
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public ScalarType dtype => Door.Type(this);
        public Device device => Kept(CPU);
        public DeviceType device_type => Kept(DeviceType.CPU);
        public long[] shape => Door.Shape(this).Sizes;
        public long[] size() => shape;
        public long size(int dim) => shape[dim < 0 ? dim + (int)Dimensions : dim];
        public long Dimensions => Door.Dimensions(this);
        public long ndim => Dimensions;
        public long dim() => Dimensions;
        public long NumberOfElements => Door.Elements(this);
        public long numel() => NumberOfElements;
        public long ElementSize => dtype.Bytes();
        public long[] stride() => Door.Shape(this).Strides;
        public bool is_contiguous() => Door.Contiguous(this);

        public bool is_leaf => Door.IsLeaf(this);

        public bool requires_grad
        {
            get => Door.RequiresGrad(this);
            set => Door.SetRequiresGrad(this, value);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => Alias(this).requires_grad_(requires_grad);

        public Tensor? grad
        {
            get => Door.Grad(this) is var found && found != IntPtr.Zero ? new Tensor(found) : null;
            set => Door.SetGrad(this, value);
        }

        public void backward() => Door.Backward(this, null, false, false);

        // As in TorchSharp 0.102.7 the second position keeps the graph and the third one makes one for the gradient: the names are swapped.
        public void backward(IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null)
        {
            if (inputs is { Count: > 0 }) throw new NotSupportedException("The stand-in accumulates gradients for all leaves; leave inputs empty.");
            Door.Backward(this, grad_tensors is { Count: > 0 } ? grad_tensors[0] : null, create_graph, retain_graph);
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (ScalarTypes.Of<T>() != dtype)
                throw new ArgumentException($"A tensor of {dtype} cannot be read as {typeof(T).Name}; convert it with to(...) first.");
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item<{typeof(T).Name}>() needs a tensor of one element; this one has {NumberOfElements}.");
            return data<T>()[new long[Dimensions]];
        }

        /// <summary>The memory of a contiguous tensor; setting it copies into that memory.</summary>
        public unsafe Span<byte> bytes
        {
            get => is_contiguous()
                ? new Span<byte>((void*)Door.Data(this), checked((int)(NumberOfElements * ElementSize)))
                : throw new NotImplementedException("bytes needs a contiguous tensor; call contiguous() first.");
            set => value.CopyTo(bytes);
        }

        public Tensor clone() => Ops.clone.Call(this);
        public Tensor contiguous() => Ops.contiguous.Call(this);
        public Tensor detach() => Ops.detach.Call(this);
        public Tensor detach_() => Ops.detach_.Call(this);
        public Tensor cpu() => Alias(this);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            var result = Ops.to_dtype.Call(this, type, non_blocking, copy);
            if (disposeAfter) Dispose();
            return result;
        }

        public bool Equals(Tensor? target) => target is not null && Ops.equal.Value(this, target).Bits != 0;
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        internal static Tensor Alias(Tensor tensor) => new(Door.Share(tensor));

        // Asking a disposed tensor fails, whatever the question.
        private T Kept<T>(T answer) => Handle != IntPtr.Zero ? answer : default!;
    }
}
