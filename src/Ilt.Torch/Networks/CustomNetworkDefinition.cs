using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// A network of the user's own: any TorchSharp module as the backbone, to which the heads are added, or a whole network with named outputs.
/// Code is not saved with a model; a loaded definition knows only its <see cref="Name"/>, and the code has to be handed in again.
/// </summary>
/// <remarks>
/// TorchSharp 0.107 may free a number while native code reads it, so that a training dies at random: in its batch norm layers, LeakyReLU, ELU,
/// Hardtanh and their kin, and in <c>a + b</c>, <c>x * 2</c> and <c>square()</c>. Call <c>functional.batch_norm</c>, and keep numbers as static <c>Scalar</c>s.
/// The module is made on the CPU and then moved to the device of the training; constants of its own belong into buffers, which move with it. It computes
/// in single precision whatever <see cref="TrainingOptions.Precision"/> says.
/// </remarks>
/// <example>
/// <code>
/// var network = CustomNetworkDefinition.FromBackbone("two-convs", (input, seed) => nn.Sequential(
///     nn.Conv2d(input.Channels, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU()));
/// </code>
/// </example>
public sealed record CustomNetworkDefinition : NetworkDefinition
{
    private readonly Func<InputShape, IReadOnlyList<HeadSpec>, int, Module<Tensor, Tensor[]>>? make;

    [JsonConstructor]
    private CustomNetworkDefinition(string name) : this(name, null)
    {
    }

    private CustomNetworkDefinition(string name, Func<InputShape, IReadOnlyList<HeadSpec>, int, Module<Tensor, Tensor[]>>? make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, this.make) = (name, make);
    }

    /// <summary>The user's name for the network, kept in saved models so that loading can ask for it.</summary>
    public string Name { get; }

    /// <summary>Whether the code is at hand; false for a definition that was read from a saved model.</summary>
    [JsonIgnore]
    public bool HasCode => make is not null;

    /// <summary>A backbone; one output layer per task is added, sized by a trial run on two rows.</summary>
    /// <param name="name">The user's name for the network.</param>
    /// <param name="backbone">
    /// Makes the module from the shape of a row and a seed, which its initial weights should depend on. Input: [B, D] or [B, C, H, W], already
    /// normalised. Output: a feature map [B, c, h, w] of any size, or a vector [B, c], which serves no task with a label per pixel. Its weights
    /// are left as they are, so that it may come trained.
    /// </param>
    public static CustomNetworkDefinition FromBackbone(string name, Func<InputShape, int, Module<Tensor, Tensor>> backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return new(name, (input, heads, seed) =>
        {
            var module = backbone(input, seed) ?? throw new ArgumentException($"The function of network '{name}' gave no module.", nameof(backbone));
            return new CustomBackbone(name, module, input, heads, seed);
        });
    }

    /// <summary>A whole network with one output per task, found by the task's name.</summary>
    /// <param name="name">The user's name for the network.</param>
    /// <param name="module">
    /// Makes the module from the shape of a row, the tasks, and a seed, which its initial weights should depend on. Input: [B, D] or
    /// [B, C, H, W], already normalised. Output: for every task, under its name, [B, Channels], or [B, Channels, H, W] at the input's
    /// resolution; other entries are ignored.
    /// </param>
    public static CustomNetworkDefinition FromModule(string name, Func<InputShape, IReadOnlyList<HeadSpec>, int, Module<Tensor, Dictionary<string, Tensor>>> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new(name, (input, heads, seed) =>
        {
            var made = module(input, heads, seed) ?? throw new ArgumentException($"The function of network '{name}' gave no module.", nameof(module));
            return new CustomModule(name, made, input, heads);
        });
    }

    /// <summary>Does nothing: what the module can take shows when it is made, in a trial run on two rows.</summary>
    public override void CheckInput(InputShape input)
    {
    }

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) =>
        make?.Invoke(input, heads, seed) ?? throw new InvalidOperationException(
            $"The model has the custom network '{Name}', whose code is not part of the file. Hand in the {nameof(CustomNetworkDefinition)} of that name it was trained with.");
}
