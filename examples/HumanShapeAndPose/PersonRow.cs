using Ilt.Bodies;
using Ilt.Datasets;
using Microsoft.ML.Data;

namespace Ilt.Examples.HumanShapeAndPose;

/// <summary>A picture of a person and its labels, as the pipeline reads them.</summary>
public sealed class PersonRow
{
    public string Id { get; set; } = "";
    public string ImagePath { get; set; } = "";
    public string MaskPath { get; set; } = "";

    /// <summary>Shape coefficients of the body model.</summary>
    [VectorType(10)] public float[] Shape { get; set; } = [];

    /// <summary>The rotations of the 24 joints, six numbers each, which a network learns more easily than angles.</summary>
    [VectorType(6 * BodyParts.JointCount)] public float[] Pose { get; set; } = [];

    /// <summary>Where the person stands before the camera, metres. Only the pictures need it.</summary>
    [VectorType(3)] public float[] Place { get; set; } = [];

    /// <summary>One split of a folder.</summary>
    /// <param name="folder">A folder of body images, see <see cref="BodyImages"/>.</param>
    /// <param name="split">train or val.</param>
    public static List<PersonRow> List(string folder, string split) =>
    [
        .. BodyImages.List(Path.GetFullPath(folder), split).Select(person => new PersonRow
        {
            Id = person.Id,
            ImagePath = person.ImagePath,
            MaskPath = person.MaskPath,
            Shape = person.Body.Shape,
            Pose = person.Body.ToSix(),
            Place = person.Body.Translation,
        }),
    ];
}

/// <summary>A person with what was given and what the network predicts.</summary>
public sealed class PersonResult
{
    public string Id { get; set; } = "";
    public string ImagePath { get; set; } = "";
    public byte[] Parts { get; set; } = [];
    public float[] Shape { get; set; } = [];
    public float[] Pose { get; set; } = [];
    public float[] Place { get; set; } = [];
    [ColumnName("Parts.PredictedLabel")] public byte[] PredictedParts { get; set; } = [];
    [ColumnName("Shape.Score")] public float[] PredictedShape { get; set; } = [];
    [ColumnName("Pose.Score")] public float[] PredictedPose { get; set; } = [];
    [ColumnName("Parts.NoiseScore")] public float PartsNoise { get; set; }
    [ColumnName("Surface.NoiseScore")] public float SurfaceNoise { get; set; }
}
