using System.Diagnostics;
using System.Globalization;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using nietras.SeparatedValues;
using Parquet;
using Parquet.Schema;

namespace Ilt.Benchmarks;

/// <summary>
/// Reading a table as <c>ilt flag</c> does, from finding out how its columns are written to the arrays that the training gets, beside loading the same CSV file with
/// every cell as a number: by the package Sep, and by ML.NET's text loader.
/// </summary>
internal static class ReadingBenchmark
{
    private const int Classes = 5;

    /// <summary>Prints the table.</summary>
    /// <param name="quick">A dry run.</param>
    /// <param name="args">The command line, in which two numbers say how many rows and columns.</param>
    public static void Run(bool quick, string[] args)
    {
        var sizes = args.Where(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(int.Parse).ToArray();
        var (rows, columns) = (sizes.Length > 0 ? sizes[0] : quick ? 500 : 1_000_000, sizes.Length > 1 ? sizes[1] : 20);
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"Reading a table of {rows:N0} rows x {columns} columns (two of them labels), in turns, the fastest of each; times beside the first line"));
        Console.WriteLine("| case | s | rows/s | time to Sep | processor s | peak MB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var result in Measure(rows, columns, quick ? 1 : 5))
            Console.WriteLine(FormattableString.Invariant($"| {result.Case} | {result.Seconds:F3} | {rows / result.Seconds:N0} | {result.Ratio:F3} | {result.ProcessorSeconds:F3} | {result.PeakBytes / 1e6:F0} |"));
    }

    /// <summary>The cases beside Sep alone, turn by turn.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var results = Measure(quick ? 500 : 1_000_000, 20, quick ? 1 : 5);
        var size = quick ? "500" : "1,000,000";
        return new([.. results.Skip(1).Select(result => SpeedRatio.Of($"reading {size} rows x 20 columns: {result.Case}", result.Turns, results[0].Case, results[0].Turns, result.Case == "ilt, CSV" ? 1.5 : null))]);
    }

    /// <summary>Measures every case, the first being Sep alone, which the ratios refer to.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="columns">Columns, of which the last two are labels; at least 3.</param>
    /// <param name="rounds">Turns of each case that are timed, after one that is not.</param>
    public static IReadOnlyList<ReadingResult> Measure(int rows, int columns, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("ilt-reading-benchmark-").FullName;
        try
        {
            var (csv, parquet) = (Path.Combine(folder, "table.csv"), Path.Combine(folder, "table.parquet"));
            Write(csv, parquet, rows, columns);
            (string Case, Func<double> Read)[] cases =
            [
                ("Sep, CSV", () => BySep(csv, columns)), ("ilt, CSV", () => ByUs(csv, columns)), ("ML.NET TextLoader, CSV", () => ByTextLoader(csv, columns)), ("ilt, Parquet", () => ByUs(parquet, columns)),
            ];
            var seconds = cases.Select(_ => new double[rounds]).ToArray();
            var processor = cases.Select(_ => double.PositiveInfinity).ToArray();
            var bytes = new long[cases.Length];
            var sums = new double[cases.Length];
            for (var round = 0; round <= rounds; round++) // the first one warms up
                for (var i = 0; i < cases.Length; i++)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    var before = PeakMemory.Reset();
                    var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                    sums[i] = cases[i].Read();
                    if (round > 0) seconds[i][round - 1] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    if (round > 0) processor[i] = Math.Min(processor[i], (Environment.CpuUsage.TotalTime - used).TotalSeconds);
                    bytes[i] = Math.Max(bytes[i], before == 0 ? 0 : PeakMemory.Highest() - before);
                }

            // A case that reads something else measures nothing.
            if (sums.Any(sum => Math.Abs(sum - sums[0]) > 1e-6 * rows * columns))
                throw new InvalidOperationException($"The cases read different numbers: {string.Join(", ", sums)}.");
            return [.. cases.Select((one, i) => new ReadingResult(one.Case, seconds[i], seconds[i].Min() / seconds[0].Min(), processor[i], bytes[i]))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The sum of the first columns, after all are in memory as the package gave them.</summary>
    internal static double BySep(string path, int columns)
    {
        using var reader = Sep.New(',').Reader().FromFile(path);
        var all = Enumerable.Range(0, columns).Select(_ => new List<float>()).ToArray();
        foreach (var row in reader)
            for (var column = 0; column < columns; column++)
                all[column].Add(row[column].Parse<float>());
        return all.Sum(column => Sum([.. column]));
    }

    private static double ByUs(string path, int columns)
    {
        var data = FlagData.Read(new FlagOptions { Data = path, Tasks = TaskSpec.ParseAll(["class=class:class", "size=regression:size"]) });
        var view = new TableDataView([.. FlagTraining.InputView(data), .. FlagTraining.LabelView(data, data.Labels)], data.TrainRows);
        if (view.Schema.Count != columns)
            throw new InvalidOperationException($"Of {columns} columns {view.Schema.Count} were read.");
        return data.Features.Columns.Sum(column => Sum(column.ToNumbers("the benchmark"))) + data.Labels.Sum(label => label.Columns.Sum(column => Sum(column.ToNumbers("the benchmark"))));
    }

    /// <summary>The same by ML.NET.</summary>
    internal static double ByTextLoader(string path, int columns)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Columns = [new TextLoader.Column("cells", DataKind.Single, 0, columns - 1)],
            Separators = [','],
            HasHeader = true,
        });
        using var cursor = view.GetRowCursor(view.Schema);
        var get = cursor.GetGetter<VBuffer<float>>(view.Schema["cells"]);
        VBuffer<float> cells = default;
        var all = Enumerable.Range(0, columns).Select(_ => new List<float>()).ToArray();
        var row = new float[columns];
        while (cursor.MoveNext())
        {
            get(ref cells);
            cells.CopyTo(row);
            for (var column = 0; column < columns; column++)
                all[column].Add(row[column]);
        }

        return all.Sum(column => Sum([.. column]));
    }

    private static double Sum(float[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    // Numbers with up to five digits, as measurements have them, and a few classes.
    private static void Write(string csv, string parquet, int rows, int columns)
    {
        var random = new Random(1);
        string[] names = [.. Enumerable.Range(1, columns - 2).Select(i => FormattableString.Invariant($"x{i}")), "class", "size"];
        var values = names.Select(_ => new float[rows]).ToArray();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                values[column][row] = column == columns - 2 ? row % Classes : random.Next(-99_999, 100_000) / 10_000f;
        using (var writer = new StreamWriter(csv, append: false, bufferSize: 1 << 20, encoding: new System.Text.UTF8Encoding(false)))
        {
            writer.Write(string.Join(',', names) + "\n");
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                {
                    writer.Write(values[column][row].ToString("R", CultureInfo.InvariantCulture));
                    writer.Write(column + 1 < columns ? ',' : '\n');
                }
        }

        WriteParquet(parquet, names, values).GetAwaiter().GetResult();
    }

    private static async Task WriteParquet(string path, string[] names, float[][] values)
    {
        DataField<float>[] fields = [.. names.Select(name => new DataField<float>(name))];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < fields.Length; i++)
            await group.WriteAsync<float>(fields[i], values[i]);
    }
}

/// <summary>What reading took.</summary>
/// <param name="Case">By what, and from what.</param>
/// <param name="Turns">Seconds of every turn.</param>
/// <param name="Ratio">The fastest turn, by that of Sep alone.</param>
/// <param name="ProcessorSeconds">Of all threads, in the turn that took the fewest: what other programs take of the machine is not in it.</param>
/// <param name="PeakBytes">The most memory beyond the start; 0 where it cannot be told.</param>
internal sealed record ReadingResult(string Case, double[] Turns, double Ratio, double ProcessorSeconds, long PeakBytes)
{
    /// <summary>The fastest turn.</summary>
    public double Seconds => Turns.Min();
}
