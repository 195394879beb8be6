using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>A generated row: every label follows from A and B, so that a network learns it in seconds.</summary>
internal sealed class Sample
{
    public string Id { get; set; } = "";

    public float A { get; set; }

    public float B { get; set; }

    public string Colour { get; set; } = "";

    public string Class { get; set; } = "";

    public bool Flag { get; set; }

    public float Number { get; set; }

    [VectorType(2)]
    public float[] Vector { get; set; } = [];

    /// <summary>Rows with ids r1, r2, ..; classes low, middle, high by A; Flag by B; Number and Vector linear in both.</summary>
    public static List<Sample> Rows(int count, int seed = 1, string prefix = "r")
    {
        var random = new Random(seed);
        string[] colours = ["red", "green", "blue"];
        return [.. Enumerable.Range(1, count).Select(i =>
        {
            var a = (float)(2 * random.NextDouble() - 1);
            var b = (float)(2 * random.NextDouble() - 1);
            var colour = random.Next(3);
            return new Sample
            {
                Id = $"{prefix}{i}",
                A = a,
                B = b,
                Colour = colours[colour],
                Class = a < -0.3f ? "low" : a < 0.3f ? "middle" : "high",
                Flag = b > 0,
                Number = 10 + 3 * a + 2 * b + colour,
                Vector = [100 * (a - b), a + b],
            };
        })];
    }
}
