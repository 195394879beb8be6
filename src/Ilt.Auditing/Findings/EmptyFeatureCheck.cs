namespace Ilt.Auditing;

/// <summary>Features that are one value throughout, or missing in many rows.</summary>
internal sealed class EmptyFeatureCheck : IDataCheck
{
    private const double Many = 0.2;
    private const int FewestRows = 2;

    public string Name => "features";

    public string Summary => "Features that are the same in all rows, and those that many rows lack.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        if (evidence.FeatureCount == 0 || evidence.RowCount < FewestRows) yield break;
        var (constant, missing) = (new List<int>(), new List<(int Feature, double Share)>());
        for (var feature = 0; feature < evidence.FeatureCount; feature++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (lacking, differs, first) = (0, false, evidence.Features![feature]);
            for (var row = 0; row < evidence.RowCount; row++)
            {
                var value = evidence.Features[(row * evidence.FeatureCount) + feature];
                if (float.IsNaN(value)) lacking++;
                differs |= !value.Equals(first); // missing or not is a difference too
            }
            if (!differs) constant.Add(feature);
            else if (lacking >= Many * evidence.RowCount) missing.Add((feature, lacking / (double)evidence.RowCount));
        }
        if (missing.Count > 0)
            yield return new("missing", null, $"{Words.Count(missing.Count, "feature")} that many rows lack",
                $"{Words.Some([.. missing.OrderByDescending(m => m.Share).ThenBy(m => m.Feature).Select(m => $"{evidence.FeatureName(m.Feature)} ({Words.Percent(m.Share)})")], 5)}. "
                + "Find out why: what is missing may say as much as what is there, or give the label away.",
                [], 0);
        if (constant.Count > 0)
            yield return new("constant", null, $"{Words.Count(constant.Count, "feature")} of one value",
                $"{Words.Some([.. constant.Select(evidence.FeatureName)], 5)}. They say nothing and can be left out; if they should vary, something was read or joined wrongly.",
                [], 0);
    }
}
