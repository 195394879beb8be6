using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch below.</summary>
    public static string __version__ => Door.Version;

    public static DisposeScope NewDisposeScope() => new();

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static int get_num_threads() => Door.Threads;
    public static void set_num_threads(int num) => Door.Threads = num;

    public static bool is_grad_enabled() => Door.GradEnabled;
    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Door.Seed(seed);
            return Generator.Default;
        }
    }

    /// <summary>Stands for the CPU's one generator; other generators cannot be made here.</summary>
    public class Generator : IDisposable
    {
        private Generator()
        {
        }

        public static Generator Default { get; } = new();

        public Generator manual_seed(long seed) => random.manual_seed(seed);

        public void Dispose()
        {
            // The generator belongs to libtorch.
        }
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool before = Door.GradEnabled;

        internal GradMode(bool enabled) => Door.GradEnabled = enabled;

        public void Dispose() => Door.GradEnabled = before;
    }
}
