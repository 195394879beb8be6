using Ilt.Corruption;

namespace Ilt.Bodies;

/// <summary>What a person wears, as a colour for each vertex.</summary>
internal sealed class BodyClothes
{
    private const int Head = 16;
    private static readonly byte[] Feet = [8, 9, 11, 12];
    private static readonly byte[] Shins = [5, 6];
    private static readonly byte[] Thighs = [1, 2, 3];
    private static readonly byte[] UpperArms = [18, 17];
    private static readonly byte[] Forearms = [19, 20];
    private static readonly byte[] Hands = [21, 22, 23, 24];

    private readonly byte[] parts;
    private readonly bool[] hair;
    private readonly float[] heights;

    public BodyClothes(BodyModel model, ReadOnlySpan<byte> partOfVertex)
    {
        parts = partOfVertex.ToArray();
        heights = new float[parts.Length];
        for (var vertex = 0; vertex < parts.Length; vertex++) heights[vertex] = model.Template[(3 * vertex) + 1];
        hair = Hair(model, parts);
    }

    /// <summary>A person's looks, RGB of each vertex, [V, 3].</summary>
    public byte[] Draw(SeededGenerator generator)
    {
        var skin = Skin(generator);
        var hair = generator.NextDouble() < 0.15 ? skin : Mixed(generator, (15, 12, 10), (190, 150, 90));
        var (shirt, stripe) = (Any(generator), Any(generator));
        var striped = generator.NextDouble() < 0.25;
        var stripeWidth = 0.04f + (0.06f * (float)generator.NextDouble());
        var (trousers, shoes) = (Any(generator), Any(generator));
        var sleeves = generator.NextInt(3); // none, short, long
        var longTrousers = generator.NextDouble() < 0.6;
        var barefoot = generator.NextDouble() < 0.1;

        var colours = new byte[3 * parts.Length];
        for (var vertex = 0; vertex < parts.Length; vertex++)
        {
            var part = parts[vertex];
            var inStripe = striped && ((int)MathF.Floor(heights[vertex] / stripeWidth) & 1) == 0;
            var colour = part == Head || part == 13 ? (this.hair[vertex] ? hair : skin)
                : Hands.Contains(part) || (sleeves < 2 && Forearms.Contains(part)) || (sleeves < 1 && UpperArms.Contains(part)) ? skin
                : Feet.Contains(part) ? (barefoot ? skin : shoes)
                : Shins.Contains(part) ? (longTrousers ? trousers : skin)
                : Thighs.Contains(part) ? trousers
                : inStripe ? stripe : shirt;
            (colours[3 * vertex], colours[(3 * vertex) + 1], colours[(3 * vertex) + 2]) = colour;
        }

        return colours;
    }

    /// <summary>The upper part of the head, and further down behind.</summary>
    private static bool[] Hair(BodyModel model, byte[] parts)
    {
        var hair = new bool[parts.Length];
        var (low, high, back, front) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        for (var vertex = 0; vertex < parts.Length; vertex++)
        {
            if (parts[vertex] != Head) continue;
            var (y, z) = (model.Template[(3 * vertex) + 1], model.Template[(3 * vertex) + 2]);
            (low, high, back, front) = (Math.Min(low, y), Math.Max(high, y), Math.Min(back, z), Math.Max(front, z));
        }

        for (var vertex = 0; vertex < parts.Length; vertex++)
        {
            var up = (model.Template[(3 * vertex) + 1] - low) / (high - low);
            var behind = (front - model.Template[(3 * vertex) + 2]) / (front - back);
            hair[vertex] = parts[vertex] == Head && (up > 0.85f || (up > 0.35f && behind > 0.5f));
        }

        return hair;
    }

    private static (byte, byte, byte) Skin(SeededGenerator generator) => Mixed(generator, (70, 45, 35), (240, 205, 180));

    private static (byte, byte, byte) Any(SeededGenerator generator) => ((byte)generator.NextInt(256), (byte)generator.NextInt(256), (byte)generator.NextInt(256));

    private static (byte, byte, byte) Mixed(SeededGenerator generator, (int R, int G, int B) dark, (int R, int G, int B) bright)
    {
        var share = generator.NextDouble();
        byte Mix(int from, int to) => (byte)(from + (share * (to - from)));
        return (Mix(dark.R, bright.R), Mix(dark.G, bright.G), Mix(dark.B, bright.B));
    }
}
