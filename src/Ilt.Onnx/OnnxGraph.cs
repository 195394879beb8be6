using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Ilt.Onnx;

/// <summary>A graph of ONNX nodes under construction. Every value has the number of rows, N, as its first dimension.</summary>
/// <param name="precision">In what numbers weights are kept.</param>
/// <param name="limit">Bytes of all constants together that a file can hold.</param>
internal sealed partial class OnnxGraph(OnnxPrecision precision, long limit = OnnxGraph.MostBytes)
{
    /// <summary>The operators' version: the first in which a resizing of images names the sides to be resized, so that the number of rows stays open.</summary>
    public const int Opset = 18;

    /// <summary>The version of the operators for tables, in the domain <see cref="TableDomain"/>.</summary>
    public const int TableOpset = 3;

    /// <summary>The domain of the operators for tables.</summary>
    public const string TableDomain = "ai.onnx.ml";

    // A protobuf message holds less than 2 GiB; the rest is for nodes and names.
    private const long MostBytes = int.MaxValue - (16L << 20);

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private long bytes;

    /// <summary>What was built.</summary>
    public GraphProto Proto { get; } = new() { Name = "ilt" };

    /// <summary>Keeps a name for an input or output.</summary>
    /// <returns>The name; false where it is taken.</returns>
    public bool Reserve(string name) => taken.Add(name);

    /// <summary>Adds an input, whose name is reserved.</summary>
    public void AddInput(string name, int type, IReadOnlyList<int> shape) => Proto.Input.Add(Info(name, type, shape));

    /// <summary>Calls a value by a name that is reserved and makes it an output.</summary>
    public void AddOutput(string name, string value, IReadOnlyList<int> shape)
    {
        Proto.Node.Add(new NodeProto { OpType = "Identity", Name = Unique("output"), Input = { value }, Output = { name } });
        Proto.Output.Add(Info(name, OnnxType.Float, shape));
    }

    /// <summary>Adds a node of one output; its name.</summary>
    public string Add(string operation, IEnumerable<string> inputs, string? name = null, string domain = "", params IEnumerable<AttributeProto> attributes)
    {
        var result = Unique(name ?? operation);
        var node = new NodeProto { OpType = operation, Domain = domain, Name = result, Output = { result } };
        node.Input.Add(inputs);
        node.Attribute.Add(attributes);
        Proto.Node.Add(node);
        return result;
    }

    /// <summary>Adds numbers; their name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params IReadOnlyList<int> shape) =>
        Initializer(name, OnnxType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds whole numbers; their name.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values) => Initializer(name, OnnxType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Vectors side by side; their name.</summary>
    public string Join(IReadOnlyList<string> values) => values is [var only] ? only : Add("Concat", values, null, "", Whole("axis", 1));

    /// <summary>Adds the weights of a layer in the precision that was asked for; the name of the numbers in single precision.</summary>
    /// <exception cref="NotSupportedException">A weight is too large for it.</exception>
    private string Weight(string name, ReadOnlySpan<float> values, IReadOnlyList<int> shape)
    {
        if (precision == OnnxPrecision.Float32) return Constant(name, values, shape);
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)values[i];
            if (!Half.IsFinite(halves[i]))
                throw new NotSupportedException(FormattableString.Invariant($"'{name}' holds {values[i]}; half precision goes to 65504. Export in {nameof(OnnxPrecision.Float32)}."));
        }
        var kept = Initializer(name, OnnxType.Float16, MemoryMarshal.AsBytes<Half>(halves), shape);
        return Add("Cast", [kept], name + ".float32", "", Whole("to", OnnxType.Float));
    }

    private string Initializer(string name, int type, ReadOnlySpan<byte> values, IReadOnlyList<int> shape)
    {
        bytes += values.Length;
        if (bytes > limit)
            throw new NotSupportedException("The model has more weights than an ONNX file holds, which is less than 2 GiB. "
                + (precision == OnnxPrecision.Float32 ? $"Export in {nameof(OnnxPrecision.Float16)}, or train a smaller network." : "Train a smaller network."));
        var result = Unique(name);
        var tensor = new TensorProto { Name = result, DataType = type, RawData = ByteString.CopyFrom(values) };
        tensor.Dims.Add(shape.Select(side => (long)side));
        Proto.Initializer.Add(tensor);
        return result;
    }

    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Wholes(string name, params IEnumerable<long> values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Texts(string name, IEnumerable<string> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Strings, Strings = { values.Select(ByteString.CopyFromUtf8) } };

    private static ValueInfoProto Info(string name, int type, IReadOnlyList<int> shape)
    {
        var dimensions = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        dimensions.Dim.Add(shape.Select(side => new TensorShapeProto.Types.Dimension { DimValue = side }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = dimensions } } };
    }

    private string Unique(string wish)
    {
        var name = "/" + wish; // so that no column or task is called so
        for (var copy = 2; !taken.Add(name); copy++) name = FormattableString.Invariant($"/{wish}_{copy}");
        return name;
    }
}
