using System.Security.Cryptography;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A label image per row: a vector with the dimensions [height, width].</summary>
internal abstract class PixelBinding : TaskBinding
{
    public override bool IsPerPixel => true;

    public override string Expected => $"Vector<{PixelType}> with the dimensions [height, width]";

    /// <summary>The type of a pixel's label.</summary>
    protected abstract PrimitiveDataViewType PixelType { get; }

    /// <summary>For a column of whatever type, vectors without height and width among them.</summary>
    protected abstract string Remedy { get; }

    public override bool Fits(SchemaShape.Column column)
        => column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false } && column.ItemType.Equals(PixelType);

    public override string Advice(SchemaShape.Column column) => Remedy;

    public override ImageSize ImageSizeOf(DataViewSchema.Column column, string parameter)
        => column.Type is VectorDataViewType { Dimensions: [> 0 and var h, > 0 and var w] }
            ? new ImageSize(h, w)
            : throw SchemaErrors.Mismatch("label", column.Name, Expected, column.Type.ToString()!, parameter, Remedy);

    // Whether label images hold anything to learn is found out with their scale and classes, where training begins.
    public override void Check(TaskSchema task, TaskLabels labels, List<string> warnings)
    {
        if (labels.CountLabelled() == 0) throw NoLabels(task);
    }

    /// <summary>Whether errors have a unit, so that heat is told in their usual size.</summary>
    public abstract bool IsHeatScaled { get; }

    /// <summary>Says where in a label image the label does not fit.</summary>
    /// <param name="row">Id and noise score of the row.</param>
    /// <param name="examination">What the networks say of it.</param>
    /// <param name="labels">The label images that were read again.</param>
    /// <param name="scale">The usual error; not used where heat has no unit.</param>
    /// <param name="regions">Which regions to report.</param>
    public abstract LabelImageExamination Describe(
        (string Id, float NoiseScore) row, PixelExamination examination, TaskLabels labels, float scale, RegionOptions regions);

    public override byte[] Fingerprint(TaskLabels labels)
    {
        var store = ((PixelLabels)labels).Pixels;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[store.BytesPerRow];
        for (var row = 0; row < store.Count; row++)
        {
            store.Read(row, pixels);
            hash.AppendData(pixels);
        }
        return hash.GetHashAndReset();
    }

    public override ImageSize ImageSizeOf(TaskLabels labels) => ((PixelLabels)labels).Size;
}
