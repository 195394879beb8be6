using System.Globalization;
using System.Text;

namespace Ilt.Cli.Tests.Support;

/// <summary>A table of rows with two honest features, a and b, and whatever columns a test adds; the label kind (red, green, blue) and the number y follow a and b.</summary>
internal static class CaseTable
{
    /// <summary>A row: number from 0, its features, its class 0 to 2, and its number.</summary>
    public readonly record struct Row(int I, double A, double B, int Kind, double Y);

    public static string Csv(string header, Func<Row, string> line, int rows = 90, int seed = 3)
    {
        var random = new Random(seed);
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < rows; i++)
        {
            var kind = random.Next(3);
            var a = kind + (0.6 * random.NextDouble());
            var b = random.NextDouble();
            text.Append(line(new Row(i, Math.Round(a, 4), Math.Round(b, 4), kind, Math.Round((5 * a) + (3 * b) + (0.2 * random.NextDouble()), 3)))).Append('\n');
        }

        return text.ToString();
    }

    public static string Name(int kind) => new[] { "red", "green", "blue" }[kind];

    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
