using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads the network's input of the current row.</summary>
internal abstract class InputReader
{
    /// <summary>Numbers per row.</summary>
    public abstract int Size { get; }

    /// <summary>Reads the current row: features, or an image as channels, lines and columns of 0 .. 255.</summary>
    /// <param name="destination"><see cref="Size"/> numbers.</param>
    /// <returns>Null, or what is wrong.</returns>
    public abstract string? Read(Span<float> destination);

    /// <param name="row">A row or cursor in which the input columns are active.</param>
    /// <param name="schema">The columns, which have passed the schema check.</param>
    public static InputReader Create(DataViewRow row, TrainerSchema schema)
        => schema.Image is { } image ? ImageReader.Create(row, image) : new FeatureReader(row, schema.Features);
}
