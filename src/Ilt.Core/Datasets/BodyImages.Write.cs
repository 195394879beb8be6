using System.Globalization;
using System.Text;
using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

public static partial class BodyImages
{
    private const int ShapeCount = 10;

    /// <summary>Writes generated pictures: scenes 0 .. train - 1 as the split train, the next ones as val, which shows other people.</summary>
    /// <param name="root">The folder; made where it is missing, files in it are overwritten. Its info.csv is written last.</param>
    /// <param name="generator">Where the pictures come from. Its body model has at most ten shape coefficients.</param>
    /// <param name="trainCount">Pictures of the split train.</param>
    /// <param name="valCount">Pictures of the split val.</param>
    /// <param name="onWritten">Called after each picture, on any thread; default null: nobody is told.</param>
    /// <param name="cancellation">Stops between two pictures; then there is no info.csv.</param>
    /// <remarks>
    /// With <see cref="BodySceneOptions.People"/> K above 0, picture i of train shows person i modulo K, and picture j of val (from 0) person K + j
    /// modulo K: as many people, and none of those of train. With K = 0 every picture shows a person of its own. The column person tells which.
    /// </remarks>
    /// <exception cref="ArgumentException">The body model has more than ten shape coefficients.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(string root, BodyGenerator generator, int trainCount, int valCount, Action? onWritten = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(valCount);
        if (generator.ShapeCount > ShapeCount)
            throw new ArgumentException(FormattableString.Invariant($"The body model has {generator.ShapeCount} shape coefficients; {InfoName} has room for {ShapeCount}. Read the model with {ShapeCount}."), nameof(generator));
        foreach (var folder in (string[])["rgb", "segm", "depth"]) Directory.CreateDirectory(Path.Combine(root, folder));
        File.Delete(Path.Combine(root, InfoName));
        var lines = new string[checked(trainCount + valCount)];
        var digits = Math.Max(4, (lines.Length - 1).ToString(CultureInfo.InvariantCulture).Length);
        Parallel.For(0, lines.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            var isTrain = index < trainCount;
            var scene = generator.GeneratePerson(index, Person(index, trainCount, generator.Options.People));
            var id = index.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            PngWriter.Write(Path.Combine(root, "rgb", id + ".png"), scene.Image);
            PngWriter.Write(Path.Combine(root, "segm", id + ".png"), scene.Mask);
            WriteDepth(Path.Combine(root, "depth", id + ".png"), scene.Depth);
            lines[index] = Line(id, isTrain ? "train" : "val", scene);
            onWritten?.Invoke();
        });
        File.WriteAllLines(Path.Combine(root, InfoName), [$"id,split,{string.Join(',', NumberColumns)},{PersonColumn}", .. lines]);
    }

    /// <summary>Writes depth as the files here have it: 16 bits, millimetres, 0 for background.</summary>
    internal static void WriteDepth(string path, FloatMap depth) =>
        PngWriter.WriteGray16(path, depth.Height, depth.Width, Array.ConvertAll(depth.Values, Millimetres));

    private static int Person(int index, int trainCount, int people) =>
        people == 0 ? index : index < trainCount ? index % people : people + ((index - trainCount) % people);

    private static ushort Millimetres(float metres) => float.IsNaN(metres) ? (ushort)0 : (ushort)Math.Clamp(Math.Round(1000.0 * metres), 1, ushort.MaxValue);

    private static string Line(string id, string split, BodyScene scene)
    {
        var line = new StringBuilder(id).Append(',').Append(split);
        float[] shape = [.. scene.Body.Shape, .. new float[ShapeCount - scene.Body.Shape.Length]];
        foreach (var numbers in (float[][])[shape, scene.Body.AxisAngles, scene.Body.Translation, scene.Joints3D, scene.Joints2D])
            foreach (var number in numbers)
                line.Append(CultureInfo.InvariantCulture, $",{number:0.#####}");
        return line.Append(CultureInfo.InvariantCulture, $",{scene.Person}").ToString();
    }
}
