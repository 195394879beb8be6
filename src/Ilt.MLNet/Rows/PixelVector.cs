using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Reads a vector of a fixed length into an array.</summary>
internal static class PixelVector
{
    /// <returns>Null, or what is wrong with the value.</returns>
    public static string? Read<T>(ValueGetter<VBuffer<T>> getter, ref VBuffer<T> buffer, T[] destination, string column)
    {
        try
        {
            getter(ref buffer);
        }
        catch (Exception e) when (RowProblem.IsOfValue(e))
        {
            return RowProblem.Describe("label", column, e);
        }
        if (buffer.Length != destination.Length)
            return $"label column '{column}' holds {buffer.Length} pixels where its type says {destination.Length}";
        buffer.CopyTo(destination);
        return null;
    }
}
