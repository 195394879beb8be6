using System.Globalization;

namespace Ilt.Reports.Tests.Samples;

internal static partial class AuditSample
{
    private static ReportTask ClassTask(string name, string[] classes, (string Id, int Class)[] truth, double share, int seed)
    {
        var random = new Random(seed);
        var rows = truth.Select(row =>
        {
            var isWrong = random.NextDouble() < share;
            var right = row.Class;
            var given = isWrong ? (right + 1 + random.Next(classes.Length - 1)) % classes.Length : right;
            var sure = isWrong && random.NextDouble() < 0.9;
            var score = (float)((sure ? 1.6 : -0.4) + 0.45 * Normal(random));
            var wrong = 1 / (1 + MathF.Exp(-4 * (score - 0.7f)));
            return new ReportRow(row.Id, score, score * 0.3f - 0.1f, MathF.Exp(score) * 0.4f, classes[given], classes[score > 0.7f ? right : given],
                classes[score > 0.7f ? right : given], 0.5f + 0.5f * MathF.Abs(wrong - 0.5f), wrong, score > 0.7f, (float)random.NextDouble(), "");
        }).OrderByDescending(row => row.Score).ThenBy(row => row.Id, StringComparer.Ordinal).ToArray();
        var flagged = rows.Count(row => row.IsFlagged);
        return new ReportTask
        {
            Name = name, Kind = "class", Classes = classes, Labelled = rows.Length, Share = share, ShareLow = share * 0.8, ShareHigh = share * 1.25,
            Summary = [string.Create(CultureInfo.InvariantCulture, $"{flagged} rows are flagged; about nine of ten of them are wrong."), "Look at them from the first down, and run again when you have mended what is wrong."],
            Rows = rows, Paths = Paths([.. rows.Take(16).Select(row => row.Id)]),
        };
    }

    private static ReportTask NumberTask(string name, string[] ids, int seed)
    {
        var random = new Random(seed);
        var rows = ids.Select(id =>
        {
            var right = 400 + 900 * random.NextDouble();
            var predicted = right + 30 * Normal(random);
            var isWrong = random.NextDouble() < 0.04;
            var given = isWrong ? (random.Next(2) == 0 ? right / 10 : right * 1.7) : right;
            var score = (float)(Math.Log(1 + Math.Abs(given - predicted)) - 4);
            return new ReportRow(id, score, score * 0.2f, MathF.Exp(score), Text(given), Text(predicted), Text(predicted), 62, 1 / (1 + MathF.Exp(-3 * (score - 0.9f))), score > 0.9f, (float)random.NextDouble(), "");
        }).OrderByDescending(row => row.Score).ToArray();
        return new ReportTask
        {
            Name = name, Kind = "number", Labelled = rows.Length, Share = 0.041, ShareLow = 0.034, ShareHigh = 0.05,
            Summary = ["About 4 of 100 numbers are wrong. Many are a tenth of what is expected: look for a slipped decimal point."],
            Rows = rows, Paths = Paths([.. rows.Take(10).Select(row => row.Id)]),
        };

        static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
    }

    private static ReportTask VectorTask(string name, string[] ids, int seed)
    {
        var random = new Random(seed);
        var rows = ids.Select((id, i) => new ReportRow(id, 3f / (1 + i), 0.1f, 1, $"{random.Next(90)} {random.Next(90)}", $"{random.Next(90)} {random.Next(90)}", "", float.NaN, i < 30 ? 0.9f - i * 0.01f : 0.02f, i < 30, 0.3f, "")).ToArray();
        return new ReportTask
        {
            Name = name, Kind = "vector", Labelled = rows.Length, Share = 0.012, ShareLow = 0.004, ShareHigh = 0.02, Summary = ["About 30 of 2,500 positions are wrong."], Rows = rows,
        };
    }

    private static ReportPaths Paths(string[] top)
    {
        var epochs = Enumerable.Range(0, 30).Select(i => i / 29.0).ToArray();
        return new ReportPaths([.. epochs.Select(t => -0.3 * t)], [.. epochs.Select(t => -0.55 * t)], [.. epochs.Select(t => -0.12 * t)],
            top.Select((id, i) => (id, i)).ToDictionary(one => one.id, one => epochs.Select((t, k) => (float)((0.9 - 0.04 * one.i) * Math.Pow(t, 1.4) + 0.02 * Math.Sin(k + one.i))).ToArray()));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static byte[] Shape(int shape, int size, byte shade)
    {
        var radius = size == 0 ? 6 : 11;
        return Png.Encode(28, 28, (y, x) =>
        {
            var (dy, dx) = (y - 13.5, x - 13.5);
            var distance = Math.Sqrt(dy * dy + dx * dx);
            var isIn = shape switch
            {
                0 => distance < radius, 1 => Math.Max(Math.Abs(dy), Math.Abs(dx)) < radius, 2 => Math.Min(Math.Abs(dy), Math.Abs(dx)) < 2.5 && distance < radius,
                3 => distance < radius && distance > radius - 4, _ => distance < radius && y % 4 < 2,
            };
            return isIn ? ((byte)(shade + 50), (byte)(shade + 40), shade) : ((byte)26, (byte)28, (byte)34);
        });
    }

    private static byte[] Street(int seed, bool isOverlay, int top, int left) => Png.Encode(64, 64, (y, x) =>
    {
        var building = y < 40 && y > 12 + (x / 12 * 7 + seed * 5) % 17;
        var (r, g, b) = y > 46 ? (88, 88, 92) : y > 40 ? (140, 132, 120) : building ? (150 + x % 12 * 4, 108, 84) : (150, 190, 226);
        if (!isOverlay) return ((byte)r, (byte)g, (byte)b);
        var (mr, mg, mb) = y > 46 ? (120, 60, 160) : y > 40 ? (220, 60, 200) : building && !(y >= top && y < top + 18 && x >= left && x < left + 22) ? (200, 80, 40) : (40, 120, 220);
        return ((byte)((r + mr) / 2), (byte)((g + mg) / 2), (byte)((b + mb) / 2));
    });
}
