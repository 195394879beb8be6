using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction { None = 0, Mean = 1, Sum = 2 }

        public static class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => (inplace ? Ops.relu_ : Ops.relu).Call(x);
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => (inplace ? Ops.dropout_ : Ops.dropout).Call(input, p, training);

            public static Tensor max_pool2d(Tensor input, long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool2d.Call(input, Both(kernelSize), Both(stride ?? kernelSize), Both(padding ?? 0), Both(dilation ?? 1), ceil_mode);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false)
            {
                if (size is not { Length: 2 } || scale_factor is not null || recompute_scale_factor)
                    throw new NotSupportedException("The stand-in resizes images to a given size of height and width.");
                return mode == InterpolationMode.Nearest ? Ops.upsample_nearest2d.Call(x, size) : Ops.upsample_bilinear2d.Call(x, size, align_corners ?? false);
            }

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Ops.cross_entropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            private static long[] Both(long value) => [value, value];
        }
    }
}
