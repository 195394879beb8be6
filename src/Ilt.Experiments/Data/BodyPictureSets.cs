using Ilt.Bodies;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>Pictures of one person each.</summary>
/// <param name="Size">Height and width of every picture.</param>
/// <param name="Images">[Count, height, width, 3].</param>
/// <param name="Masks">[Count, height, width], 0 background, 1 .. 24 = joint + 1.</param>
/// <param name="Shapes">[Count, 10].</param>
/// <param name="Poses">[Count, 144], six numbers per joint.</param>
internal sealed record BodySet(ImageSize Size, byte[] Images, byte[] Masks, float[] Shapes, float[] Poses)
{
    public const int PoseNumbers = 6 * BodyParts.JointCount;

    public int Count => Poses.Length / PoseNumbers;

    /// <summary>Fills a set, several pictures at once.</summary>
    /// <param name="size">Height and width.</param>
    /// <param name="count">Number of pictures.</param>
    /// <param name="shapes">Shape coefficients per person.</param>
    /// <param name="read">Gives picture, mask and body of an index.</param>
    public static BodySet Fill(ImageSize size, int count, int shapes, Func<int, (ByteImage Image, ByteImage Mask, BodyPose Body)> read)
    {
        var set = new BodySet(size, new byte[count * size.PixelCount * 3], new byte[count * size.PixelCount], new float[count * shapes], new float[count * PoseNumbers]);
        Parallel.For(0, count, i =>
        {
            var (image, mask, body) = read(i);
            image.Pixels.CopyTo(set.Images, i * size.PixelCount * 3);
            mask.Pixels.CopyTo(set.Masks, i * size.PixelCount);
            body.Shape.CopyTo(set.Shapes, i * shapes);
            body.ToSix().CopyTo(set.Poses, i * PoseNumbers);
        });
        return set;
    }
}

/// <summary>Generates or reads pictures of people.</summary>
internal static class BodyPictureSets
{
    // The seeds of the pictures, whatever the seed of a run: all runs see the same ones, and the test people are others than those trained on.
    private const int TrainSeed = 1, TestSeed = 2;

    /// <summary>Generates people, a new one in every picture.</summary>
    public static (BodySet Train, BodySet Test) Generate(BodyModel model, int train, int test, BodySceneOptions options)
    {
        return (Series(TrainSeed, train), Series(TestSeed, test));

        BodySet Series(int seed, int count)
        {
            var generator = new BodyGenerator(model, options with { Seed = seed });
            return BodySet.Fill(generator.Camera.Size, count, model.ShapeCount, i =>
            {
                var scene = generator.Generate(i);
                return (scene.Image, scene.Mask, scene.Body);
            });
        }
    }

    /// <summary>Reads the splits train and val of a folder of body images.</summary>
    /// <param name="folder">Holds info.csv, rgb/ and segm/.</param>
    /// <param name="train">The first so many of train; null: all.</param>
    /// <param name="test">The first so many of val; null: all.</param>
    public static (BodySet Train, BodySet Test) Read(string folder, int? train, int? test)
    {
        return (Split("train", train), Split("val", test));

        BodySet Split(string name, int? count)
        {
            var rows = BodyImages.List(folder, name);
            var size = rows[0].ReadImage().Size;
            return BodySet.Fill(size, Math.Min(count ?? rows.Count, rows.Count), rows[0].Body.Shape.Length, i =>
            {
                var image = rows[i].ReadImage();
                if (image.Size != size) throw new FormatException($"{rows[i].ImagePath} has {image.Size} pixels, {rows[0].ImagePath} {size}; all pictures must have one size.");
                return (image, rows[i].ReadMask(), rows[i].Body);
            });
        }
    }
}
