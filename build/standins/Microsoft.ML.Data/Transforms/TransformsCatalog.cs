namespace Microsoft.ML;

/// <summary>The steps of a pipeline; extension methods offer them.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog()
    {
    }

    public ConversionTransforms Conversion { get; } = new();

    public CategoricalTransforms Categorical { get; } = new();

    public sealed class ConversionTransforms
    {
        internal ConversionTransforms()
        {
        }
    }

    public sealed class CategoricalTransforms
    {
        internal CategoricalTransforms()
        {
        }
    }
}

public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    internal string InputColumnName { get; }

    internal string OutputColumnName { get; }
}
