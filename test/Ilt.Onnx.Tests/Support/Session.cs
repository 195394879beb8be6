using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ilt.Onnx.Tests;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class Session : IDisposable
{
    private readonly InferenceSession session;

    public Session(byte[] model)
    {
        // A warning of a wrong shape is a fault of the file, so all are seen by whoever reads the log of the tests.
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING };
        session = new InferenceSession(model, options);
    }

    public IReadOnlyList<string> Inputs => session.InputNames;

    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    public ModelMetadata About => session.ModelMetadata;

    public int[] ShapeOf(string output) => session.OutputMetadata[output].Dimensions;

    /// <summary>Runs some rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="inputs">By name float[] or string[], row after row.</param>
    /// <returns>By name.</returns>
    public Dictionary<string, float[]> Run(int rows, IReadOnlyDictionary<string, Array> inputs)
    {
        var values = session.InputNames.Select(name => inputs[name] switch
        {
            string[] texts => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts, Shape(name))),
            var numbers => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>((float[])numbers, Shape(name))),
        }).ToArray();
        using var results = session.Run(values);
        return results.ToDictionary(result => result.Name, result =>
        {
            var tensor = (DenseTensor<float>)result.AsTensor<float>();
            Assert.That(tensor.Dimensions[0], Is.EqualTo(rows), result.Name);
            Assert.That(tensor.Dimensions[1..].ToArray(), Is.EqualTo(session.OutputMetadata[result.Name].Dimensions[1..]), result.Name);
            return tensor.ToArray();
        });

        int[] Shape(string name) => [rows, .. session.InputMetadata[name].Dimensions.Skip(1)];
    }

    public void Dispose() => session.Dispose();
}
