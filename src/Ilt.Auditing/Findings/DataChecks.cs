namespace Ilt.Auditing;

/// <summary>The checks of the data beside wrong labels.</summary>
public static class DataChecks
{
    /// <summary>Every check, in the order of the documentation.</summary>
    public static IReadOnlyList<IDataCheck> All { get; } =
    [
        new DuplicateCheck(), new OutlierCheck(), new OverlapCheck(), new RestatementCheck(), new DriftCheck(), new StretchCheck(), new RareClassCheck(), new EmptyFeatureCheck(),
    ];
}
