using System.Text.RegularExpressions;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Between arrays and tensors, and between the host and a device, there is one door: src/Ilt.Torch/Compute. Nothing else in Ilt.Torch makes a tensor or reads one.</summary>
public class TensorDoorTests
{
    // File and a part of the line, with the reason.
    private static readonly (string File, string Part)[] Allowed =
    [
        // Parameters and buffers begin in the host's memory; the whole network is moved once.
        ("Networks/BatchNorm.cs", "ones(channels)"), ("Networks/BatchNorm.cs", "zeros(channels)"), ("Networks/BatchNorm.cs", "zeros([], ScalarType.Int64)"),
        ("Networks/LinearLayer.cs", "new Parameter(zeros("), ("Networks/ConvolutionLayer.cs", "new Parameter(zeros("), ("Networks/ConvolutionLayer.cs", "new Parameter(transposed ? zeros("),
        // A network of the user's is tried before it is moved.
        ("Networks/TrialRun.cs", "module.call(zeros(shape))"),
    ];

    // new_zeros and zeros_like are on the device of the tensor they are asked of.
    private static readonly Regex Door = new(
        @"(?<![\w.])(tensor|from_array|zeros|ones|empty|full|arange|eye|rand|randn|randint|linspace|as_tensor)\(|torch\.(tensor|from_array|zeros|ones|empty|full|arange|eye|rand|randn)\(|\.(data<|bytes\b|cpu\(|cuda\(|to\(|to_type\(|type_as\(|pin_memory\(|item<)",
        RegexOptions.Compiled);

    [Test]
    public void Sources_OutsideCompute_NeitherMakeNorReadTensors()
    {
        var root = Path.Combine(Checkout(), "src", "Ilt.Torch");
        var found = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !((string[])["Compute/", "Native/", "obj/", "bin/"]).Any(folder => file.Name.StartsWith(folder, StringComparison.Ordinal))) // Native checks libtorch itself
            .SelectMany(file => Find(File.ReadLines(file.Path))
                .Where(line => !Allowed.Any(allowed => file.Name == allowed.File && line.Text.Contains(allowed.Part, StringComparison.Ordinal)))
                .Select(line => $"src/Ilt.Torch/{file.Name}:{line.Number}: {line.Text.Trim()}"));
        Assert.That(found, Is.Empty, "use Tensors, TensorState or ComputeDevice");
    }

    [TestCase("var x = tensor(values, [2, 3]);"), TestCase("rowLosses.data<float>().CopyTo(losses);"), TestCase("writer.Write(values.bytes);"), TestCase("x = x.cpu();")]
    [TestCase("network.to(device);"), TestCase("x.to_type(ScalarType.Float64)"), TestCase("var mask = zeros([2, 3]);"), TestCase("torch.ones(3)")]
    public void Find_DoorOfItsOwn_SeesIt(string line) => Assert.That(Find([line]), Is.Not.Empty);

    [TestCase("Tensors.From(values, 2, 3)"), TestCase("// tensor(array) shares memory"), TestCase("like.new_zeros(2)"), TestCase("zeros_like(parameter)"), TestCase("var widths = Created(tensors);")]
    public void Find_NoDoor_SeesNothing(string line) => Assert.That(Find([line]), Is.Empty);

    private static IEnumerable<(int Number, string Text)> Find(IEnumerable<string> lines) =>
        lines.Select((text, i) => (Number: i + 1, Text: text)).Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && Door.IsMatch(line.Text));

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }
}
