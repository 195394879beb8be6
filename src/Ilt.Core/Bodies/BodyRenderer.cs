using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>
/// Draws bodies: picture, part mask and depth, by a z-buffer over all triangles with smooth shading. Thread-safe.
/// </summary>
/// <remarks>
/// The part of a pixel is that of the nearest corner of the triangle seen there, and the part of a vertex is the joint of its largest skinning
/// weight, plus 1. Mask and depth hold for the pixel's centre exactly, also where the picture's edges are smoothed.
/// </remarks>
public sealed class BodyRenderer
{
    private readonly byte[] partOfVertex;

    // +1 or -1: the sign that the area of a triangle facing the camera has on the picture.
    private readonly int facing;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model, a closed surface of at most 254 joints.</param>
    /// <exception cref="ArgumentException">The model has more joints than a mask has ids.</exception>
    public BodyRenderer(BodyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.JointCount > 254)
            throw new ArgumentException(FormattableString.Invariant($"The body model {model.Name} has {model.JointCount} joints; a part mask can tell 254 apart."), nameof(model));
        Model = model;
        partOfVertex = Parts(model);
        facing = Volume(model) >= 0 ? -1 : 1;
    }

    /// <summary>The model given.</summary>
    public BodyModel Model { get; }

    /// <summary>The part of each vertex, [V]: joint of its largest skinning weight, plus 1.</summary>
    public ReadOnlySpan<byte> PartOfVertex => partOfVertex;

    /// <summary>Draws a body.</summary>
    /// <param name="vertices">[V, 3], metres, in the camera's frame. Triangles that come nearer than 10 cm are left out.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="colours">Colour of each vertex, RGB, [V, 3].</param>
    /// <param name="light">The light.</param>
    /// <param name="background">RGB picture of the camera's size; default null: black.</param>
    /// <param name="samples">Samples per pixel and axis for the picture's edges, odd: 1 (default), 3, 5.</param>
    /// <returns>Picture, mask and depth.</returns>
    /// <exception cref="ArgumentException">A length or size does not fit, or the samples are even.</exception>
    public BodyRendering Render(
        ReadOnlySpan<float> vertices, BodyCamera camera, ReadOnlySpan<byte> colours, BodyLight light, ByteImage? background = null, int samples = 1)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(light);
        CheckLength(vertices.Length, "vertices");
        CheckLength(colours.Length, "colours");
        if (samples < 1 || samples % 2 == 0)
            throw new ArgumentException(FormattableString.Invariant($"The samples per pixel and axis must be odd, so that one lies in the centre; found {samples}."), nameof(samples));
        if (background is not null && (background.Size != camera.Size || background.Channels != 3))
            throw new ArgumentException(FormattableString.Invariant($"The background is {background.Size} with {background.Channels} channels; expected {camera.Size} with 3."), nameof(background));

        var buffer = BodyRasteriser.Draw(vertices, Model.Faces, camera, samples, facing);
        var normals = BodyShading.Normals(vertices, Model.Faces, facing);
        var shading = new BodyShading(colours, normals, light);
        return Compose(buffer, shading, camera.Size, background, samples);
    }

    private BodyRendering Compose(SampleBuffer buffer, BodyShading shading, ImageSize size, ByteImage? background, int samples)
    {
        var image = background is null ? new byte[size.PixelCount * 3] : (byte[])background.Pixels.Clone();
        var mask = new byte[size.PixelCount];
        var depth = new float[size.PixelCount];
        Array.Fill(depth, float.NaN);
        Span<float> sum = stackalloc float[3];
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            var (row, column) = (pixel / size.Width, pixel % size.Width);
            var hits = 0;
            sum.Clear();
            for (var s = 0; s < samples * samples; s++)
            {
                var at = (((row * samples) + (s / samples)) * size.Width * samples) + (column * samples) + (s % samples);
                var face = buffer.Face[at];
                if (face < 0) continue;
                hits++;
                var corners = Model.Faces.AsSpan(3 * face, 3);
                var (first, second) = (buffer.First[at], buffer.Second[at]);
                shading.Add(corners, first, second, sum);
                if (s != samples * samples / 2) continue;
                var third = 1 - first - second;
                mask[pixel] = partOfVertex[corners[first >= second && first >= third ? 0 : second >= third ? 1 : 2]];
                depth[pixel] = 1 / buffer.InverseDepth[at];
            }

            if (hits == 0) continue;
            var rest = 1 - (hits / (float)(samples * samples));
            for (var c = 0; c < 3; c++)
                image[(3 * pixel) + c] = (byte)Math.Clamp((sum[c] / (samples * samples)) + (rest * image[(3 * pixel) + c]) + 0.5f, 0, 255);
        }

        return new BodyRendering(new ByteImage(size.Height, size.Width, 3, image), new ByteImage(size.Height, size.Width, 1, mask), new FloatMap(size.Height, size.Width, depth));
    }

    private void CheckLength(int found, string what)
    {
        if (found != Model.Template.Length)
            throw new ArgumentException(FormattableString.Invariant($"The body model {Model.Name} has {Model.VertexCount} vertices; expected {Model.Template.Length} numbers as {what}, found {found}."));
    }

    private static byte[] Parts(BodyModel model)
    {
        var parts = new byte[model.VertexCount];
        for (var vertex = 0; vertex < parts.Length; vertex++)
        {
            var weights = model.Weights.AsSpan(vertex * model.JointCount, model.JointCount);
            var largest = 0;
            for (var joint = 1; joint < weights.Length; joint++)
                if (weights[joint] > weights[largest])
                    largest = joint;
            parts[vertex] = (byte)(largest + 1);
        }

        return parts;
    }

    /// <summary>Six times the enclosed volume: positive where the corners run anticlockwise seen from outside.</summary>
    private static double Volume(BodyModel model)
    {
        var (v, volume) = (model.Template, 0.0);
        for (var f = 0; f < model.Faces.Length; f += 3)
        {
            var (a, b, c) = (3 * model.Faces[f], 3 * model.Faces[f + 1], 3 * model.Faces[f + 2]);
            volume += (v[a] * (((double)v[b + 1] * v[c + 2]) - ((double)v[b + 2] * v[c + 1])))
                + (v[a + 1] * (((double)v[b + 2] * v[c]) - ((double)v[b] * v[c + 2])))
                + (v[a + 2] * (((double)v[b] * v[c + 1]) - ((double)v[b + 1] * v[c])));
        }

        return volume;
    }
}
