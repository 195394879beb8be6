using Ilt.Detection;

namespace Ilt.Datasets;

[TestFixture]
public sealed class SceneGeneratorTests
{
    private const byte Sky = SceneGenerator.Sky, Road = SceneGenerator.Road, Car = SceneGenerator.Car, Person = SceneGenerator.Person;

    private static readonly Scene[] Hundred = Scenes(new SceneOptions(), 100);

    [Test]
    public void Generate_AnyOrderAndManyThreads_GivesTheSameScenes()
    {
        var again = new Scene[Hundred.Length];
        var generator = new SceneGenerator(new SceneOptions());
        Parallel.For(0, again.Length, i => again[again.Length - 1 - i] = generator.Generate(again.Length - 1 - i));

        for (var i = 0; i < again.Length; i++)
        {
            Assert.That(again[i].Image.Pixels, Is.EqualTo(Hundred[i].Image.Pixels));
            Assert.That(again[i].Mask.Pixels, Is.EqualTo(Hundred[i].Mask.Pixels));
            Assert.That(again[i].InverseDepth.Values, Is.EqualTo(Hundred[i].InverseDepth.Values));
            Assert.That(again[i].Numbers, Is.EqualTo(Hundred[i].Numbers));
        }
    }

    [Test]
    public void Generate_OtherIndexOrSeed_GivesAnotherScene()
    {
        var other = new SceneGenerator(new SceneOptions { Seed = 2 }).Generate(0);

        Assert.That(Hundred.Select(scene => Convert.ToHexString(scene.Mask.Pixels)).Distinct().Count(), Is.EqualTo(Hundred.Length));
        Assert.That(Hundred.Select(scene => Convert.ToHexString(scene.Mask.Pixels)), Has.No.Member(Convert.ToHexString(other.Mask.Pixels)));
    }

    [TestCase(32, 32)]
    [TestCase(48, 128)]
    [TestCase(96, 33)]
    public void Generate_AnySize_FillsAllFour(int height, int width)
    {
        foreach (var scene in Scenes(new SceneOptions { Height = height, Width = width, Difficulty = 1 }, 20))
        {
            Assert.That((scene.Image.Height, scene.Image.Width, scene.Image.Channels), Is.EqualTo((height, width, 3)));
            Assert.That((scene.Mask.Height, scene.Mask.Width, scene.Mask.Channels), Is.EqualTo((height, width, 1)));
            Assert.That((scene.InverseDepth.Height, scene.InverseDepth.Width), Is.EqualTo((height, width)));
            Assert.That(scene.Numbers, Has.Length.EqualTo(SceneGenerator.NumberNames.Count));
            Assert.That(scene.Mask.Pixels, Is.All.LessThan(SceneGenerator.ClassNames.Count));
        }
    }

    [Test]
    public void Generate_HundredScenes_ShowEveryClass()
    {
        var shares = new double[SceneGenerator.ClassNames.Count];
        foreach (var scene in Hundred)
            foreach (var id in scene.Mask.Pixels)
                shares[id] += 1.0 / (Hundred.Length * scene.Mask.Pixels.Length);

        Assert.That(shares, Is.All.InRange(0.005, 0.5), string.Join(" ", shares));
    }

    [Test]
    public void Generate_InverseDepth_IsZeroInTheSkyAloneAndLinearInTheRowOnTheRoad()
    {
        foreach (var scene in Hundred)
        {
            var (mask, depth) = (scene.Mask.Pixels, scene.InverseDepth.Values);
            Assert.That(depth, Is.All.InRange(0, 0.7));
            Assert.That(Enumerable.Range(0, mask.Length).Any(pixel => (mask[pixel] == Sky) != (depth[pixel] == 0)), Is.False);

            // Seen from above it, a plane's inverse depth grows evenly from 0 at the horizon.
            var horizon = scene.Numbers[2] * 64;
            var road = Enumerable.Range(0, mask.Length).Where(pixel => mask[pixel] == Road).ToArray();
            var slope = depth[road[^1]] / ((road[^1] / 64) + 0.5 - horizon);
            Assert.That(road.Max(pixel => Math.Abs(depth[pixel] - (slope * ((pixel / 64) + 0.5 - horizon)))), Is.LessThan(1e-4));
        }
    }

    [Test]
    public void Generate_SkyIsInvalid_HasNanThereAndTheSameRestElsewhere()
    {
        var scenes = Scenes(new SceneOptions { SkyIsInvalid = true }, 5);

        for (var i = 0; i < scenes.Length; i++)
        {
            var expected = Hundred[i].InverseDepth.Values.Select(value => value == 0 ? float.NaN : value);
            Assert.That(scenes[i].InverseDepth.Values, Is.EqualTo(expected));
            Assert.That(scenes[i].Image.Pixels, Is.EqualTo(Hundred[i].Image.Pixels));
        }
    }

    [Test]
    public void Generate_Counts_AgreeWithTheMask()
    {
        foreach (var scene in Hundred)
        {
            Check(scene, 0, Car);
            Check(scene, 1, Person);
        }

        Assert.That(Hundred.Select(scene => scene.Numbers[0]).Distinct().Count(), Is.GreaterThan(3));
        Assert.That(Hundred.Select(scene => scene.Numbers[1]).Distinct().Count(), Is.GreaterThan(3));

        static void Check(Scene scene, int number, byte id)
        {
            var pixels = scene.Mask.Pixels.Count(pixel => pixel == id);
            var things = scene.Numbers[number];
            // Fewer than 4 pixels are not counted; at most 8 things of a kind are drawn.
            Assert.That(pixels, things == 0 ? Is.LessThan(4 * 8) : Is.GreaterThanOrEqualTo(4 * things));
        }
    }

    [Test]
    public void Generate_Brightness_IsSeenInTheImage()
    {
        var levels = Hundred.Select(scene => (float)scene.Image.Pixels.Average(value => value)).ToArray();
        var brightness = Hundred.Select(scene => scene.Numbers[3]).ToArray();

        Assert.That(DetectionMetrics.Spearman(levels, brightness), Is.GreaterThan(0.6));
    }

    [Test]
    public void Generate_HarderScenes_LetColourTellLessAboutTheClass()
    {
        var (easy, hard) = (ColourAccuracy(0), ColourAccuracy(1));

        Assert.That(easy, Is.GreaterThan(hard + 0.05));
    }

    [Test]
    public void Generate_FixedOptions_KeepTheirScenesForever()
    {
        // FNV-1a over the bytes of a scene. When this changes, every experiment on scenes changes: then say so in the change log.
        var hash = 14695981039346656037UL;
        foreach (var value in Hundred[7].Image.Pixels.Concat(Hundred[7].Mask.Pixels))
            hash = (hash ^ value) * 1099511628211;

        Assert.That(hash, Is.EqualTo(Golden));
    }

    private const ulong Golden = 9810427603156100563;

    [TestCase(31, 64, 0.5, "Height")]
    [TestCase(64, 8, 0.5, "Width")]
    [TestCase(64, 64, 1.5, "Difficulty")]
    [TestCase(64, 64, double.NaN, "Difficulty")]
    public void Constructor_OptionOutOfRange_NamesIt(int height, int width, double difficulty, string name)
    {
        Assert.That(() => new SceneGenerator(new SceneOptions { Height = height, Width = width, Difficulty = difficulty }),
            Throws.ArgumentException.With.Message.Contains(name));
    }

    private static Scene[] Scenes(SceneOptions options, int count)
    {
        var generator = new SceneGenerator(options);
        return [.. Enumerable.Range(0, count).Select(generator.Generate)];
    }

    /// <summary>Share of pixels whose class has the nearest mean colour; the means are those of the same scenes.</summary>
    private static double ColourAccuracy(double difficulty)
    {
        var scenes = Scenes(new SceneOptions { Difficulty = difficulty }, 40);
        var classes = SceneGenerator.ClassNames.Count;
        var (sums, counts) = (new double[classes, 3], new double[classes]);
        foreach (var scene in scenes)
            for (var pixel = 0; pixel < scene.Mask.Pixels.Length; pixel++)
            {
                var id = scene.Mask.Pixels[pixel];
                counts[id]++;
                for (var channel = 0; channel < 3; channel++)
                    sums[id, channel] += scene.Image.Pixels[(pixel * 3) + channel];
            }

        double right = 0, total = 0;
        foreach (var scene in scenes)
            for (var pixel = 0; pixel < scene.Mask.Pixels.Length; pixel += 17)
            {
                total++;
                var nearest = Enumerable.Range(0, classes).MinBy(id => Enumerable.Range(0, 3)
                    .Sum(channel => Math.Pow((sums[id, channel] / counts[id]) - scene.Image.Pixels[(pixel * 3) + channel], 2)));
                right += nearest == scene.Mask.Pixels[pixel] ? 1 : 0;
            }

        return right / total;
    }
}
