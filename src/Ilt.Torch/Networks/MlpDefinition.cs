using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The network for tables: <see cref="MultiHeadMlp"/>, a shared trunk of fully connected layers and one linear head per task.</summary>
public sealed record MlpDefinition : NetworkDefinition
{
    /// <param name="hiddenUnits">Units of each shared layer, first to last, each in [1, 65536]; empty gives a linear model.</param>
    /// <param name="dropout">Probability of dropping a hidden unit in training, in [0, 1).</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [JsonConstructor]
    public MlpDefinition(IReadOnlyList<int> hiddenUnits, double dropout = 0)
    {
        HiddenUnits = NetworkOption.Each(hiddenUnits, 0, 1, 65536, nameof(HiddenUnits));
        Dropout = NetworkOption.InRange(dropout, 0, Math.BitDecrement(1.0), nameof(Dropout));
    }

    /// <summary>Units of each shared layer, first to last; may be empty (a linear model).</summary>
    public IReadOnlyList<int> HiddenUnits { get; }

    /// <summary>Probability of dropping a hidden unit in training, in [0, 1).</summary>
    public double Dropout { get; }

    /// <inheritdoc/>
    public override void CheckInput(InputShape input)
    {
        if (!input.Modality.IsFlat)
            throw new ArgumentException($"The mlp takes rows of features, but the input is a {input}; choose a network for images.", nameof(input));
        if (input.Channels < 1) throw new ArgumentException("The mlp needs at least one feature.", nameof(input));
    }

    internal override long LeastNumbers(InputShape input)
    {
        var (sum, before) = (0.0, (double)input.Channels);
        foreach (var units in HiddenUnits) (sum, before) = (sum + (before * units), units);
        return (long)Math.Min(sum, 1L << 60); // of many wide layers, more than a long holds
    }

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) =>
        new MultiHeadMlp(new MlpShape(input.Channels, HiddenUnits, [.. heads.Select(h => h.Channels)], Dropout), seed);
}
