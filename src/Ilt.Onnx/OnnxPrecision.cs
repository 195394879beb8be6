namespace Ilt.Onnx;

/// <summary>In what numbers the weights of an exported model are kept. It computes in single precision either way, whatever it was trained in.</summary>
public enum OnnxPrecision
{
    /// <summary>Single precision, as in the trained model.</summary>
    Float32,

    /// <summary>Half precision: half the file, three digits of every weight. Biases, normalizations and scales stay in single precision.</summary>
    Float16,
}
