using Microsoft.ML.Data;

namespace Ilt.Examples.SceneSegmentation;

/// <summary>A row of scenes.csv: an id and the files of a scene.</summary>
public sealed class SceneRow
{
    [LoadColumn(0)] public string Id { get; set; } = "";
    [LoadColumn(1)] public string ImagePath { get; set; } = "";
    [LoadColumn(2)] public string MaskPath { get; set; } = "";
    [LoadColumn(3)] public string DepthPath { get; set; } = "";
}

/// <summary>The given and the predicted mask of a scene.</summary>
public sealed class SceneMasks
{
    public string Id { get; set; } = "";
    public byte[] Mask { get; set; } = [];
    [ColumnName("Mask.PredictedLabel")] public byte[] Predicted { get; set; } = [];
}
