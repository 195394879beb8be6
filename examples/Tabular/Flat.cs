using Microsoft.ML.Data;

namespace Ilt.Examples.Tabular;

/// <summary>A row of flats.csv.</summary>
public sealed class Flat
{
    [LoadColumn(0)] public string Id { get; set; } = "";
    [LoadColumn(1)] public string District { get; set; } = "";
    [LoadColumn(2)] public float Area { get; set; }
    [LoadColumn(3)] public float Rooms { get; set; }
    [LoadColumn(4)] public float Floor { get; set; }
    [LoadColumn(5)] public float Garden { get; set; }
    [LoadColumn(6)] public float Year { get; set; }
    [LoadColumn(7)] public string Kind { get; set; } = "";
    [LoadColumn(8)] public float Rent { get; set; }
}

/// <summary>A row of the noise scores that the trainer finds.</summary>
public sealed class Suspect
{
    public string Id { get; set; } = "";
    public string Task { get; set; } = "";
    public int Rank { get; set; }
    public float NoiseScore { get; set; }
    public string GivenLabel { get; set; } = "";
    public string PredictedLabel { get; set; } = "";
}
