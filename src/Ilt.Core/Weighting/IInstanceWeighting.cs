using Ilt.Parameters;

namespace Ilt.Weighting;

/// <summary>A weighting that learns a number for every row and task, by which rows can be ranked: the higher, the less the label fits.</summary>
public interface IInstanceWeighting : ILossWeighting
{
    /// <summary>The learned numbers, [rows x tasks]: logarithms of variances or temperatures.</summary>
    InstanceTaskParameters Parameters { get; }
}
