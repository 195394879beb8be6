using System.Globalization;
using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Cuts the person out of the frames of a clip of SURREAL and writes pictures that a training can read: <c>rgb/ID.png</c>, <c>segm/ID.png</c>
/// (0 background, 1 .. 24 = joint + 1) and, where the clip has depth, <c>depth/ID.png</c> (16 bits, millimetres, 0 for background).
/// </summary>
public static class SurrealCrops
{
    /// <summary>Writes the crops of one clip. Frames extracted beside the film are read; else the film is decoded into a folder that is deleted at the end.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="folder">The folder that gets rgb, segm and depth; files in it are overwritten.</param>
    /// <param name="options">Default: the options' defaults.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <returns>The crops in the order of the frames, and how many of the frames taken show nobody.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">A file is missing, or cannot be written; also where the decoder is missing.</exception>
    /// <exception cref="FormatException">A file is damaged or does not fit the others; the message names it (<see cref="ImageFormatException"/>).</exception>
    /// <exception cref="InvalidDataException">The decoder failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (IReadOnlyList<SurrealCrop> Crops, int Empty) Write(SurrealClip clip, string folder, SurrealCropOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new SurrealCropOptions();
        options.Validate();
        var reader = new SurrealClipReader(clip);
        // Without a film, what reads the first frame tells how to extract it.
        var decoded = clip.VideoPath is null || reader.ExistingImage(0) is not null ? null : Directory.CreateTempSubdirectory("surreal-").FullName;
        try
        {
            var pictures = decoded is null ? reader : reader.WithFrames(decoded);
            if (decoded is not null) SurrealVideo.Extract(clip, options.Decoder, decoded);
            var frames = Enumerable.Range(0, reader.Info.FrameCount).Where(frame => frame % options.Every == 0).ToArray();
            var crops = new SurrealCrop?[frames.Length];
            Each(frames.Length, cancellation, i => crops[i] = Write(clip, reader, pictures, frames[i], folder, options));
            SurrealCrop[] found = [.. crops.OfType<SurrealCrop>()];
            return (found, crops.Length - found.Length);
        }
        finally
        {
            if (decoded is not null) Directory.Delete(decoded, recursive: true);
        }
    }

    private static SurrealCrop? Write(SurrealClip clip, SurrealClipReader reader, SurrealClipReader pictures, int frame, string folder, SurrealCropOptions options)
    {
        var mask = reader.ReadMask(frame);
        if (PersonView.Around(mask, options.Size, options.Margin) is not { } view) return null;
        if (pictures != reader && pictures.ExistingImage(frame) is null)
            throw new ImageFormatException(clip.VideoPath!, FormattableString.Invariant($"the film has no frame {frame + 1}, though {clip.InfoPath} tells of {reader.Info.FrameCount} frames; copy both again from their source."));
        var image = pictures.ReadImage(frame);
        RequireSameSize(image.Size, pictures.ImagePath(frame));
        var id = $"{clip.Id}/{(frame + 1).ToString("0000", CultureInfo.InvariantCulture)}";
        var (imagePath, maskPath) = (PathOf(folder, "rgb", id), PathOf(folder, "segm", id));
        PngWriter.Write(imagePath, view.Image(image));
        PngWriter.Write(maskPath, view.Mask(mask));
        string? depthPath = null;
        if (clip.DepthPath is not null)
        {
            var depth = reader.ReadDepth(frame);
            RequireSameSize(depth.Size, clip.DepthPath);
            depthPath = PathOf(folder, "depth", id);
            BodyImages.WriteDepth(depthPath, view.Map(depth));
        }

        return new SurrealCrop(id, clip.Sequence, frame, reader.Info.Male, imagePath, maskPath, depthPath, reader.Info.Shape(frame), reader.Info.WorldPose(frame));

        void RequireSameSize(ImageSize size, string path)
        {
            if (size != mask.Size)
                throw new ImageFormatException(path, FormattableString.Invariant($"frame {frame + 1} has {size} pixels (height x width), its body parts in {clip.SegmentationPath} have {mask.Size}; both must show the same pixels."));
        }
    }

    private static string PathOf(string folder, string kind, string id)
    {
        var path = Path.Combine(folder, kind, id.Replace('/', Path.DirectorySeparatorChar) + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>In parallel; of several errors the first one comes out as it is.</summary>
    private static void Each(int count, CancellationToken cancellation, Action<int> action)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, action);
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerExceptions[0]).Throw();
        }
    }
}
