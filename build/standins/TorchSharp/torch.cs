using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => new();

    public static int get_num_threads() => Door.Threads;
    public static void set_num_threads(int num) => Door.Threads = num;

    public static IDisposable no_grad() => new NoGrad();

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Door.Seed(seed);
            return Generator.OfTheCpu;
        }
    }

    /// <summary>Stands for the CPU's one generator; others cannot be made here.</summary>
    public class Generator
    {
        internal static readonly Generator OfTheCpu = new();

        private Generator()
        {
        }
    }

    /// <summary>Only ever null: everything here is on the CPU.</summary>
    public class Device
    {
        private Device()
        {
        }
    }

    public enum ScalarType : sbyte { Int64 = 4, Float32 = 6, Float64 = 7 }

    public enum InterpolationMode { Nearest = 0, Bilinear = 2 }

    private sealed class NoGrad : IDisposable
    {
        private readonly bool before = Door.GradEnabled;

        internal NoGrad() => Door.GradEnabled = false;

        public void Dispose() => Door.GradEnabled = before;
    }
}

public sealed class Scalar
{
    private Scalar(Arg value) => Value = value;

    internal Arg Value { get; }

    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);
}

public enum PaddingModes { Zeros = 0 }
