using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// The plan of a network with one head per task; makes networks of any fitting input and heads. Plans are plain data: they are checked when
/// they are made, and kept in saved models as JSON.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MlpDefinition), "mlp")]
[JsonDerivedType(typeof(ResidualCnnDefinition), "residual-cnn")]
[JsonDerivedType(typeof(UNetDefinition), "unet")]
[JsonDerivedType(typeof(HrNetDefinition), "hrnet")]
[JsonDerivedType(typeof(CustomNetworkDefinition), "custom")]
public abstract record NetworkDefinition
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Says whether the network can take rows of this shape.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says which sizes it divides.</exception>
    public abstract void CheckInput(InputShape input);

    /// <summary>Builds a network with initial weights drawn from its own seeded generators, whatever else uses torch's global one.</summary>
    /// <param name="input">Shape of a row.</param>
    /// <param name="heads">One entry per task; the outputs come in this order.</param>
    /// <param name="seed">Seed of the initial weights; the same seed gives the same network.</param>
    /// <returns>
    /// A module from [B, D] or [B, C, H, W], already normalised, to one output per head: [B, Channels], or [B, Channels, H, W] at the input's
    /// resolution. Output layers start small, so that training starts near the constant prediction.
    /// </returns>
    /// <exception cref="ArgumentException">The input or the heads do not fit the network.</exception>
    public Module<Tensor, Tensor[]> Create(InputShape input, IReadOnlyList<HeadSpec> heads, int seed)
    {
        CheckInput(input);
        CheckHeads(input, heads);
        input.Modality.Prepare();
        return this is CustomNetworkDefinition ? Build(input, heads, seed) : BuildWithoutLoss(input, heads, seed);
    }

    // A convolution of TorchSharp's with a bias loses a second handle of it while it is made. The user's own modules may keep any tensor.
    private Module<Tensor, Tensor[]> BuildWithoutLoss(InputShape input, IReadOnlyList<HeadSpec> heads, int seed)
    {
        using var scope = NewDisposeScope();
        var network = Build(input, heads, seed);
        foreach (var parameter in network.parameters()) parameter.DetachFromDisposeScope();
        foreach (var (_, buffer) in network.named_buffers(true, false)) buffer.DetachFromDisposeScope();
        return network;
    }

    /// <summary>The plan as JSON, which <see cref="FromJson"/> reads back.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no network definition, or of a kind or with options this version does not know.</exception>
    public static NetworkDefinition FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<NetworkDefinition>(json, Json) ?? throw new FormatException("The network definition is empty.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"This is no network definition of this version of Ilt.MLNet: {e.Message}", e);
        }
    }

    /// <summary>A number of weights that the network has at least, heads aside; what a file claims is checked by it before the network is made.</summary>
    internal virtual long LeastNumbers(InputShape input) => 0;

    // Called with checked arguments.
    private protected abstract Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed);

    private static void CheckHeads(InputShape input, IReadOnlyList<HeadSpec> heads)
    {
        if (heads.Count == 0) throw new ArgumentException("A network needs at least one task.", nameof(heads));
        foreach (var head in heads)
        {
            if (head.Channels < 1) throw new ArgumentException($"Task '{head.Name}' asks for {head.Channels} outputs; at least 1 is needed.", nameof(heads));
            if (head.PerPixel && !input.Modality.HasPixels)
                throw new ArgumentException($"Task '{head.Name}' has a label per pixel, but the input is a {input}; give an image column.", nameof(heads));
        }
        if (heads.Select(h => h.Name).Distinct().Count() < heads.Count) throw new ArgumentException("Two tasks have the same name.", nameof(heads));
    }
}
