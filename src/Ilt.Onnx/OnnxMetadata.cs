using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onnx;

namespace Ilt.Onnx;

/// <summary>What a file says of itself beside the graph: entries whose values are JSON, but for the version.</summary>
internal sealed class OnnxMetadata
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The version of this library.</summary>
    public static string Version { get; } =
        typeof(OnnxMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What the model takes.</summary>
    public List<OnnxInputEntry> Inputs { get; } = [];

    /// <summary>What it predicts.</summary>
    public List<OnnxTaskEntry> Tasks { get; } = [];

    /// <summary>Derived tasks that it does not predict.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>The entries.</summary>
    public IEnumerable<StringStringEntryProto> Entries()
    {
        yield return new() { Key = "ilt.version", Value = Version };
        yield return new() { Key = "ilt.inputs", Value = JsonSerializer.Serialize(Inputs, Json) };
        yield return new() { Key = "ilt.tasks", Value = JsonSerializer.Serialize(Tasks, Json) };
        if (LeftOut.Count > 0) yield return new() { Key = "ilt.leftOut", Value = JsonSerializer.Serialize(LeftOut, Json) };
    }
}

/// <summary>An input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it takes, in words.</param>
/// <param name="Slots">Names of its numbers, in their order; null where they have none.</param>
internal sealed record OnnxInputEntry(string Name, string Values, IReadOnlyList<string>? Slots);

/// <summary>A task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Output">The name of its output.</param>
/// <param name="Kind">A TaskKind.</param>
/// <param name="Label">The label column.</param>
/// <param name="Values">What its numbers are, in words.</param>
/// <param name="Names">The classes, or the components of a vector; null where they have no names.</param>
internal sealed record OnnxTaskEntry(string Name, string Output, string Kind, string Label, string Values, IReadOnlyList<string>? Names);
