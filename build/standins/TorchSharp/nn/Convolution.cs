using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernelSize, stride, padding, dilation, groups, bias, dtype);

            public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernelSize, stride, padding, output_padding, dilation, groups, bias, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private protected Convolution(string name, long[] weightShape, long outputs, bool hasBias, torch.ScalarType? dtype)
            : base(name)
        {
            var fanIn = weightShape[1] * weightShape[2] * weightShape[3];
            Register("weight", InitialWeights.Make(weightShape, fanIn, dtype));
            if (hasBias) Register("bias", InitialWeights.Make([outputs], fanIn, dtype));
        }
    }

    public sealed class Conv2d : Convolution
    {
        private readonly long[] stride, padding, dilation;
        private readonly long groups;

        internal Conv2d(long inputs, long outputs, long kernel, long stride, long padding, long dilation, long groups, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(Conv2d), [outputs, inputs / groups, kernel, kernel], outputs, hasBias, dtype) =>
            (this.stride, this.padding, this.dilation, this.groups) = ([stride, stride], [padding, padding], [dilation, dilation], groups);

        public Parameter? weight
        {
            get => Registered(nameof(weight));
            set => throw InitialWeights.Fixed();
        }

        public override torch.Tensor forward(torch.Tensor input) => Ops.conv2d.Call(input, weight, Registered("bias"), stride, padding, dilation, groups);
    }

    public sealed class ConvTranspose2d : Convolution
    {
        private readonly long[] stride, padding, outputPadding, dilation;
        private readonly long groups;

        internal ConvTranspose2d(long inputs, long outputs, long kernel, long stride, long padding, long outputPadding, long dilation, long groups, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(ConvTranspose2d), [inputs, outputs / groups, kernel, kernel], outputs, hasBias, dtype) =>
            (this.stride, this.padding, this.outputPadding, this.dilation, this.groups) = ([stride, stride], [padding, padding], [outputPadding, outputPadding], [dilation, dilation], groups);

        public override torch.Tensor forward(torch.Tensor input) => Ops.conv_transpose2d.Call(input, Registered("weight"), Registered("bias"), stride, padding, outputPadding, groups, dilation);
    }
}
