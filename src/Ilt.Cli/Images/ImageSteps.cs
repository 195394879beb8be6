using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace Ilt.Cli.Images;

/// <summary>The ML.NET steps from the paths of a table to images and label images of one size.</summary>
internal static class ImageSteps
{
    /// <summary>The image column that the trainer reads.</summary>
    public const string ImageColumn = "ilt.image";

    // Stretched, so that boxes of regions can be taken back to the file by two factors, and nothing of an image is lost.
    private const ImageResizingEstimator.ResizingKind Resizing = ImageResizingEstimator.ResizingKind.Fill;

    /// <summary>The column of images as the pipeline reads it: full paths, so that the folder is no part of a saved model; pixels where images are arrays.</summary>
    public static ViewColumn Input(ImagePlan plan, Table table, Action? onRead)
    {
        var paths = plan.PathsOf(table);
        return plan.AreArrays
            ? ViewColumn.Pixels(plan.Options.InputColumn, plan.Size, plan.Channels, row =>
            {
                onRead?.Invoke();
                return Picture.Read(paths[row], plan.Size).Pixels;
            })
            : ViewColumn.Paths(plan.Options.InputColumn, paths, onRead);
    }

    /// <summary>From that column to <see cref="ImageColumn"/>.</summary>
    public static IEnumerable<IEstimator<ITransformer>> Create(MLContext ml, ImagePlan plan)
    {
        if (plan.AreArrays)
        {
            yield return ml.Transforms.CopyColumns(ImageColumn, plan.Options.InputColumn);
            yield break;
        }

        yield return ml.MultiTask.LoadPictures(ImageColumn, null, plan.Options.InputColumn);
        yield return ml.Transforms.ResizeImages(ImageColumn, plan.Size.Width, plan.Size.Height, resizing: Resizing);
    }

    /// <summary>From a column of full paths to masks, in place.</summary>
    public static IEstimator<ITransformer> Masks(MLContext ml, ImagePlan plan, MaskClasses classes, string column) =>
        ml.MultiTask.LoadMasks(column, null, plan.Size.Width, plan.Size.Height, encoding: classes.Encoding, resizing: Resizing);

    /// <summary>From a column of full paths to maps, in place.</summary>
    public static IEstimator<ITransformer> Maps(MLContext ml, ImagePlan plan, string column) =>
        ml.MultiTask.LoadMaps(column, null, plan.Size.Width, plan.Size.Height, encoding: plan.Options.Maps, resizing: Resizing);
}
