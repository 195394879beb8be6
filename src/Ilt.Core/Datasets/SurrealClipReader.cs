using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>Reads the frames of a clip of SURREAL. Frames are counted from 0; files are opened when they are first needed. Thread-safe.</summary>
public sealed class SurrealClipReader
{
    // Background is 1e10; the authors' own loader takes everything beyond this as background.
    private const float Farthest = 1000;

    private readonly Lazy<MatFile> segmentation;
    private readonly Lazy<MatFile> depth;

    /// <summary>Opens a clip and reads its <c>_info.mat</c>.</summary>
    /// <param name="clip">The clip.</param>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ImageFormatException">As for <see cref="SurrealInfo.Read"/>.</exception>
    public SurrealClipReader(SurrealClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Clip = clip;
        Info = SurrealInfo.Read(clip.InfoPath);
        segmentation = new Lazy<MatFile>(() => Open(clip.SegmentationPath, "_segm.mat"));
        depth = new Lazy<MatFile>(() => Open(clip.DepthPath, "_depth.mat"));
    }

    private SurrealClipReader(SurrealClipReader other, string framesFolder)
    {
        (Clip, Info) = (other.Clip with { FramesFolder = framesFolder }, other.Info);
        (segmentation, depth) = (other.segmentation, other.depth);
    }

    /// <summary>The clip given.</summary>
    public SurrealClip Clip { get; }

    /// <summary>Pose, shape and joints of every frame.</summary>
    public SurrealInfo Info { get; }

    /// <summary>The parts of a frame: 0 background, 1 .. 24 = joint + 1 (see <see cref="BodyParts"/>).</summary>
    /// <param name="frame">From 0.</param>
    /// <exception cref="FileNotFoundException">The clip has no <c>_segm.mat</c>.</exception>
    /// <exception cref="ImageFormatException">The file is damaged, the frame missing, or a part is not 0 .. 24; the message names file and variable.</exception>
    public ByteImage ReadMask(int frame)
    {
        var (array, height, width) = Page(segmentation.Value, "segm_", frame);
        var values = array.ToDoubles()!;
        var mask = new byte[values.Length];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var part = values[(column * height) + row];
                if (!(part is >= 0 and < BodyParts.ClassCount) || part != Math.Floor(part))
                    throw new ImageFormatException(segmentation.Value.Path, FormattableString.Invariant(
                        $"the variable '{array.Name}' holds the part {part} at row {row}, column {column} (from 0); expected 0 (background) .. {BodyParts.ClassCount - 1}."));
                mask[(row * width) + column] = (byte)part;
            }
        }

        return new ByteImage(height, width, 1, mask);
    }

    /// <summary>The depth of a frame along the optical axis, metres; NaN for background.</summary>
    /// <param name="frame">From 0.</param>
    /// <exception cref="FileNotFoundException">The clip has no <c>_depth.mat</c>.</exception>
    /// <exception cref="ImageFormatException">The file is damaged or the frame missing; the message names file and variable.</exception>
    public FloatMap ReadDepth(int frame)
    {
        var (array, height, width) = Page(this.depth.Value, "depth_", frame);
        var values = array.ToSingles()!;
        var depth = new float[values.Length];
        for (var i = 0; i < depth.Length; i++)
        {
            var value = values[(i % width * height) + (i / width)];
            depth[i] = value is > 0 and <= Farthest ? value : float.NaN;
        }

        return new FloatMap(height, width, depth);
    }

    /// <summary>The extracted picture of a frame, <c>frame0001.png</c> for frame 0, or the <c>.jpg</c> of that name.</summary>
    /// <param name="frame">From 0.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="FileNotFoundException">There is neither; the message tells how to extract the frames.</exception>
    public string ImagePath(int frame) => ExistingImage(frame) ?? throw new FileNotFoundException(FormattableString.Invariant(
        $"{Clip.FramesFolder}: there is no picture frame{frame + 1:0000}.png (or .jpg). Extract the frames of the film: {SurrealVideo.Command(Clip)}"));

    /// <summary>The extracted picture of a frame, from a PNG file.</summary>
    /// <param name="frame">From 0.</param>
    /// <returns>RGB, 240 x 320.</returns>
    /// <exception cref="FileNotFoundException">The frames are not extracted.</exception>
    /// <exception cref="ImageFormatException">The picture is a JPEG file, or damaged.</exception>
    public ByteImage ReadImage(int frame)
    {
        var path = ImagePath(frame);
        return path.EndsWith(".jpg", StringComparison.Ordinal)
            ? throw new ImageFormatException(path, $"JPEG files cannot be read here; extract the frames as PNG: {SurrealVideo.Command(Clip)}")
            : PngImage.ReadImage(path, channels: 3);
    }

    /// <summary>The same clip with its extracted frames in another folder.</summary>
    internal SurrealClipReader WithFrames(string folder) => new(this, folder);

    /// <summary>The extracted picture of a frame; null where there is none.</summary>
    internal string? ExistingImage(int frame) => new[] { ".png", ".jpg" }
        .Select(extension => Path.Combine(Clip.FramesFolder, FormattableString.Invariant($"frame{frame + 1:0000}{extension}"))).FirstOrDefault(File.Exists);

    private static (MatArray Array, int Height, int Width) Page(MatFile file, string prefix, int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        var array = file.Read(FormattableString.Invariant($"{prefix}{frame + 1}"));
        if (array.Dimensions is not [> 0 and var height, > 0 and var width] || array.Cells is not null || array.Text is not null)
            throw new ImageFormatException(file.Path, $"the variable '{array.Name}' is {string.Join(" x ", array.Dimensions)}; expected numbers, {SurrealDataset.Height} x {SurrealDataset.Width}.");
        return (array, height, width);
    }

    private MatFile Open(string? path, string suffix) => path is null
        ? throw new FileNotFoundException($"{Clip.InfoPath}: there is no file {Path.GetFileName(Clip.FramesFolder)}{suffix} beside it.")
        : MatFile.Open(path);
}
