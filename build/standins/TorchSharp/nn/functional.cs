using System.Runtime.InteropServices;
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
            public static Tensor gelu(Tensor x) => Ops.gelu.Call(x);
            public static Tensor silu(Tensor x, bool inplace = false) => (inplace ? Ops.silu_ : Ops.silu).Call(x);
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => (inplace ? Ops.dropout_ : Ops.dropout).Call(input, p, training);
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.linear.Call(input, weights, bias);
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) => Ops.layer_norm.Call(input, normalized_shape, weight, bias, eps);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
            {
                if (training && input.NumberOfElements == input.size(1))
                    throw new ExternalException($"Batch normalisation in training needs more than one value per channel; the input is {input}.");
                return Ops.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, false);
            }

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Ops.mse_loss.Call(input, target, (long)reduction);

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Ops.cross_entropy_loss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Ops.bce_with_logits.Call(input, target, weight, pos_weights, (long)reduction);
        }
    }
}
