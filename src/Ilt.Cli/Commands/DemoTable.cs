using Ilt.Corruption;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Commands;

/// <summary>A made-up table of flats: a condition (class) and a rent (number) that follow from the other columns, with some honest noise.</summary>
internal static class DemoTable
{
    private const int Rows = 1500;
    private static readonly string[] Districts = ["centre", "north", "south", "west"];

    /// <summary>Writes the table; it is the same every time.</summary>
    public static void Write(string path)
    {
        var random = new SeededGenerator(20);
        CsvOutput.Write(path, ["id", "area", "rooms", "age", "floor", "distance", "district", "condition", "rent"], Enumerable.Range(1, Rows).Select(i => Row(i, random)));
    }

    private static string[] Row(int number, SeededGenerator random)
    {
        var area = Math.Round(30 + (90 * random.NextDouble()), 1);
        var rooms = Math.Clamp((int)Math.Round((area / 25) + (0.6 * random.NextGaussian())), 1, 6);
        var age = Math.Round(80 * random.NextDouble());
        var floor = random.NextInt(7);
        var district = random.NextInt(Districts.Length);
        var distance = Math.Round(1 + (district * 2) + (3 * random.NextDouble()), 2);
        var wear = (age / 20) - (0.3 * floor) + (0.5 * (district == 2 ? 1 : 0)) + (0.2 * random.NextGaussian());
        var condition = wear < 0.6 ? "new" : wear < 2.2 ? "good" : "worn";
        var rent = 200 + (11 * area) - (2.5 * age) - (35 * distance) + (15 * floor * (district == 0 ? 2 : 1)) + (30 * random.NextGaussian());
        return
        [
            $"flat-{number:0000}", Numbers.Format(area), Numbers.Format((double)rooms), Numbers.Format(age), Numbers.Format((double)floor),
            Numbers.Format(distance), Districts[district], condition, Numbers.Format(Math.Round(rent)),
        ];
    }
}
