using System.Globalization;
using System.Text;

namespace Ilt.Cli.Tests.Support;

/// <summary>A small generated table: id, x1, x2, colour (text), kind (class from x1 and colour), size and weight (numbers from x1, x2).</summary>
internal static class SmallTable
{
    public const string KindTask = "kind=class:kind";
    public const string SizeTask = "size=regression:size";

    public static string Csv(int rows = 120, char separator = ',', int seed = 7)
    {
        var random = new Random(seed);
        var text = new StringBuilder(string.Join(separator, "id", "x1", "x2", "colour", "kind", "size", "weight")).Append('\n');
        for (var i = 1; i <= rows; i++)
        {
            var (x1, x2) = (Math.Round(random.NextDouble(), 3), Math.Round(random.NextDouble(), 3));
            var colour = random.Next(2) == 0 ? "red" : "blue";
            var kind = x1 + (colour == "red" ? 0.3 : 0) > 0.6 ? "big" : "small";
            var cells = new[] { $"row{i}", Text(x1), Text(x2), colour, kind, Text((10 * x1) + (0.1 * x2)), Text(x1 + (2 * x2)) };
            text.Append(string.Join(separator, cells)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Options that make a run short.</summary>
    public static string[] Quick(params string[] args) => [.. args, "--epochs", "3", "--batch", "32"];

    private static string Text(double value) => Math.Round(value, 4).ToString(CultureInfo.InvariantCulture);
}
