using System.Globalization;

namespace Ilt.Reports.Tests.Samples;

/// <summary>Reports made by formula, the same on every run.</summary>
internal static partial class AuditSample
{
    /// <summary>An empty frame, to be filled by <c>with</c>.</summary>
    public static AuditReport Frame(string title, string data) => new()
    {
        Title = title, Created = new DateTime(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc), Tool = "ilt 0.2.0", Data = data, IsComplete = true,
        Command = $"ilt audit {title}", Notes = [], Warnings = [], Tasks = [], Findings = [],
    };

    /// <summary>1,000 pictures of 28 x 28 pixels with two classes each: the shape and the size.</summary>
    public static AuditReport Pairs()
    {
        string[] shapes = ["circle", "square", "cross", "ring", "stripes"], sizes = ["small", "large"];
        var random = new Random(7);
        var drawn = Enumerable.Range(0, 1000).Select(i => (Id: $"pair-{i:D4}", Shape: random.Next(5), Size: random.Next(2), Shade: random.Next(60, 200))).ToArray();
        return Frame("pairs.csv", "1,000 pictures of 28 × 28 pixels, 2 tasks") with
        {
            Notes = ["The validation part is 10 % of the rows, drawn by chance.", "Epochs: 30, found on held-out rows."],
            Warnings = ["Task size was hardly learned: its ranking shows labels that are unlike all others."],
            Tasks =
            [
                ClassTask("shape", shapes, [.. drawn.Select(one => (one.Id, one.Shape))], 0.08, 11),
                ClassTask("size", sizes, [.. drawn.Select(one => (one.Id, one.Size))], 0.03, 12) with
                {
                    Share = null, ShareLow = null, ShareHigh = null, CannotTell = "On held-out rows the network does no better than the most frequent class.",
                    Summary = ["Look at the first twenty rows: they are unlike all others, which need not mean wrong."],
                },
            ],
            Findings =
            [
                new("duplicates", null, "12 rows that occur twice", "The same picture stands in two rows. Where their labels differ, one of them is wrong.",
                    [.. Enumerable.Range(0, 6).Select(i => new[] { $"pair-{40 + i:D4}", $"pair-{840 + i:D4}" })], 12),
                new("dark", "shape", "3 pictures with hardly any contrast", "Nothing can be seen in them. Leave them out, or empty their labels.", [["pair-0017", "pair-0203", "pair-0555"]], 3),
            ],
            Pictures = drawn.ToDictionary(one => one.Id, one => Shape(one.Shape, one.Size, (byte)one.Shade)),
        };
    }

    /// <summary>5,000 rows of a table with a class, a number and a vector to each.</summary>
    public static AuditReport Table(int rows = 5000)
    {
        string[] kinds = ["flat", "house", "castle", "shed"];
        string[] columns = ["area", "rooms", "floor", "garden", "year", "district", "heating"];
        var random = new Random(3);
        var ids = Enumerable.Range(0, rows).Select(i => $"ref-{i:D5}").ToArray();
        var classes = ClassTask("kind", kinds, [.. ids.Select(id => (id, random.Next(4)))], 0.06, 21);
        var numbers = NumberTask("rent", ids, 22);
        var known = classes.Rows.Take(200).Concat(numbers.Rows.Take(200)).Select(row => row.Id).Distinct().ToArray();
        return Frame("houses.csv", $"{rows:N0} rows, 5 numeric and 2 categorical features, 3 tasks") with
        {
            Notes = ["Column year is read as a number.", "12 rows have no rent and are left out of that task."],
            Tasks = [classes, numbers, VectorTask("position", ids[..(rows / 2)], 23)],
            Findings = [new("outliers", null, "4 rows far from all others", "Their features are unlike any other row's: look at units and decimal points.", [["ref-00010"], ["ref-00481"], ["ref-01200"], ["ref-02222"]], 4)],
            Cells = new ReportCells(columns,
                known.ToDictionary(id => id, _ => new[]
                {
                    random.Next(20, 300).ToString(CultureInfo.InvariantCulture), random.Next(1, 9).ToString(CultureInfo.InvariantCulture),
                    random.Next(0, 12).ToString(CultureInfo.InvariantCulture), random.Next(2) == 0 ? "yes" : "no",
                    random.Next(1890, 2025).ToString(CultureInfo.InvariantCulture), "district " + (char)('A' + random.Next(9)), random.Next(3) switch { 0 => "gas", 1 => "district heating", _ => "" },
                }),
                known.Where((_, i) => i % 3 == 0).ToDictionary(id => id, _ => new[] { random.Next(0, 3), 4 })),
        };
    }

    /// <summary>40 pictures of 64 x 64 pixels with masks, of which ten have regions that do not fit.</summary>
    public static AuditReport Masks()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 40).Select(i =>
        {
            var score = 2f * MathF.Exp(-i / 8f);
            var (top, left) = (random.Next(4, 36), random.Next(4, 36));
            return new ReportRow($"street-{(i * 7) % 40:D3}", score, score - 1, score * 1.3f, "", "", "", float.NaN, MathF.Min(0.99f, score / 2), i < 10, 0.1f + 0.02f * i, i == 2 ? "right" : "")
            {
                Regions = i < 10 ? [new("sky", "building", top, left, 18, 22, 0.0967), new("road", "pavement", 52, 8, 6, 30, 0.044)] : null,
                Overlay = i < 24 ? Street(i, true, top, left) : null,
            };
        }).ToArray();
        return Frame("streets.csv", "40 pictures of 64 × 64 pixels with masks of 4 classes") with
        {
            IsComplete = false,
            Tasks =
            [
                new ReportTask
                {
                    Name = "segmentation", Kind = "mask", Labelled = 40, Share = 0.22, ShareLow = 0.12, ShareHigh = 0.35,
                    Summary = ["About 9 of 40 masks are wrong.", "Look at the boxes: there the mask does not fit the picture."],
                    Rows = rows, Paths = Paths([.. rows.Take(8).Select(row => row.Id)]),
                    Colours = [new("unlabelled", null), new("sky", "#2878dc"), new("building", "#c85028"), new("pavement", "#dc3cc8"), new("road", "#783ca0")],
                },
            ],
            Pictures = rows.Select((row, i) => (row.Id, Picture: Street(i, false, 0, 0))).ToDictionary(one => one.Id, one => one.Picture),
        };
    }

    /// <summary>100,000 rows with two classes each.</summary>
    public static AuditReport Large()
    {
        var random = new Random(9);
        var names = Enumerable.Range(0, 12).Select(i => $"class {i}").ToArray();
        var ids = Enumerable.Range(0, 100_000).Select(i => $"row-{i:D6}").ToArray();
        return Frame("large.csv", "100,000 rows, 20 numeric features, 2 tasks") with
        {
            Tasks = [ClassTask("first", names, [.. ids.Select(id => (id, random.Next(12)))], 0.05, 31), ClassTask("second", names[..3], [.. ids.Select(id => (id, random.Next(3)))], 0.1, 32)],
        };
    }

    /// <summary>40 tasks, the first of 1,000 classes.</summary>
    public static AuditReport Wide()
    {
        var random = new Random(11);
        var ids = Enumerable.Range(0, 2_000).Select(i => $"row-{i:D4}").ToArray();
        return Frame("wide.csv", "2,000 rows, 20 numeric features, 40 tasks") with
        {
            Tasks = [.. Enumerable.Range(0, 40).Select(t =>
            {
                var names = Enumerable.Range(0, t == 0 ? 1000 : 3 + t).Select(i => $"class {i}").ToArray();
                return ClassTask($"task {t}", names, [.. ids.Take(t == 0 ? 2_000 : 100).Select(id => (id, random.Next(names.Length)))], 0.05, 40 + t);
            })],
        };
    }

    /// <summary>One row, whose share of wrong labels cannot be told, and a task without any.</summary>
    public static AuditReport Edge() => Frame("one.csv", "1 row, 1 feature") with
    {
        Command = null,
        Tasks =
        [
            new ReportTask
            {
                Name = "only", Kind = "number", Labelled = 1, CannotTell = "One row is too few.", Summary = [],
                Rows = [new("a", float.NaN, float.NaN, float.NaN, "1.5", "", "", float.NaN, float.NaN, false, float.NaN, "")],
            },
            new ReportTask { Name = "none", Kind = "class", Classes = ["x", "y"], Labelled = 0, CannotTell = "No row has a label.", Summary = [], Rows = [] },
        ],
    };
}
