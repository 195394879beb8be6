using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>The joint regressor where it is stored as a sparse matrix: its values, their indices and where each column (or row) begins.</summary>
internal sealed class BodyRegressor(IReadOnlyDictionary<string, NpyArray> arrays, Func<string, string, Exception> error)
{
    private const string Key = "J_regressor";

    /// <summary>The dense matrix [joints, vertices]; null where the file has no sparse one, or a dense one too.</summary>
    public float[]? Read(int joints, int vertices)
    {
        if (arrays.ContainsKey(Key) || !arrays.TryGetValue(Key + "_data", out var data)) return null;
        var (indices, starts) = (Numbers("_indices"), Numbers("_indptr"));
        // Column by column is how SMPL stores it; row by row is what SciPy makes of it in many calculations.
        var byColumns = starts.Length == vertices + 1;
        if (!byColumns && starts.Length != joints + 1)
            throw error(Key + "_indptr", FormattableString.Invariant($"has {starts.Length} numbers; expected V + 1 = {vertices + 1} (by columns) or J + 1 = {joints + 1} (by rows)"));
        var values = data.ToSingles();
        if (values.Length != indices.Length)
            throw error(Key + "_indices", FormattableString.Invariant($"has {indices.Length} numbers; expected {values.Length} as in {Key}_data"));
        var (outer, inner) = byColumns ? (vertices, joints) : (joints, vertices);
        if (starts[0] != 0 || starts[^1] != values.Length)
            throw error(Key + "_indptr", FormattableString.Invariant($"runs from {starts[0]} to {starts[^1]}; expected 0 to {values.Length}, the length of {Key}_data"));

        var dense = new float[joints * vertices];
        for (var i = 0; i < outer; i++)
        {
            if (starts[i + 1] < starts[i] || starts[i + 1] > values.Length) throw error(Key + "_indptr", FormattableString.Invariant($"is out of order at position {i + 1}"));
            for (var at = starts[i]; at < starts[i + 1]; at++)
            {
                if (indices[at] < 0 || indices[at] >= inner)
                    throw error(Key + "_indices", FormattableString.Invariant($"holds {indices[at]} at position {at}; expected 0 .. {inner - 1}"));
                if (!float.IsFinite(values[at])) throw error(Key + "_data", FormattableString.Invariant($"holds {values[at]} at position {at}; expected finite numbers"));
                dense[byColumns ? (indices[at] * vertices) + i : ((long)i * vertices) + indices[at]] += values[at];
            }
        }

        return dense;
    }

    private long[] Numbers(string suffix) => arrays.TryGetValue(Key + suffix, out var array)
        ? array.ToIntegers()
        : throw error(Key + suffix, $"is missing; {Key}_data, {Key}_indices and {Key}_indptr belong together");
}
