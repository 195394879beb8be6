using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Ilt.Benchmarks;

/// <summary>
/// <c>ilt flag</c>, in a process of its own, on a table of 30 features and four tasks (two of classes, two of numbers) that is larger than the memory it may hold features in: from CSV and from Parquet,
/// beside loading the same CSV file by the package Sep and by ML.NET's text loader.
/// </summary>
internal static class LargeTableBenchmark
{
    private const int Features = 30, RowsAtATime = 250_000;
    private const string Tasks = "--task kind=class:kind --task group=class:group --task size=regression:size --task weight=regression:weight";

    /// <summary>Prints the table.</summary>
    /// <param name="quick">A dry run.</param>
    /// <param name="args">The command line, in which a number says how many rows.</param>
    public static void Run(bool quick, string[] args)
    {
        var given = args.FirstOrDefault(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var rows = given is not null ? int.Parse(given, CultureInfo.InvariantCulture) : quick ? 2_000 : 5_000_000;
        var folder = Directory.CreateTempSubdirectory("ilt-large-benchmark-").FullName;
        try
        {
            var (csv, parquet) = (Path.Combine(folder, "table.csv"), Path.Combine(folder, "table.parquet"));
            Write(csv, parquet, rows).GetAwaiter().GetResult();
            Console.WriteLine();
            Console.WriteLine(FormattableString.Invariant($"A table of {rows:N0} rows x {Features} columns x 4 tasks: {new FileInfo(csv).Length / 1e6:N0} MB of CSV, {new FileInfo(parquet).Length / 1e6:N0} MB of Parquet"));
            Console.WriteLine("| program | reading, rows/s | preparing, rows/s | training, rows/s | scoring, rows/s | writing, rows/s | all, s | peak MiB |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (var (name, path) in new[] { ("ilt flag, CSV", csv), ("ilt flag, Parquet", parquet) })
                Console.WriteLine(Line(name, rows, Flag(path, Path.Combine(folder, "out"))));
            foreach (var (name, load) in new (string, Func<double>)[] { ("Sep alone, CSV", () => ReadingBenchmark.BySep(csv, Features)), ("ML.NET TextLoader alone, CSV", () => ReadingBenchmark.ByTextLoader(csv, Features)) })
                Console.WriteLine(Loading(name, rows, load));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Line(string name, int rows, JsonElement cost)
    {
        double Seconds(string phase) => cost.GetProperty(phase + "Seconds").GetDouble();
        var all = Seconds("elapsed");
        var writing = all - Seconds("reading") - Seconds("preparing") - Seconds("training") - Seconds("scoring");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {rows / Seconds("reading"):N0} | {rows / Seconds("preparing"):N0} | {rows / Seconds("training"):N0} | {rows / Seconds("scoring"):N0} | {rows / writing:N0} | {all:N0} | {cost.GetProperty("peakMemoryMiB").GetDouble():N0} |");
    }

    private static string Loading(string name, int rows, Func<double> load)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = PeakMemory.Reset();
        var start = Stopwatch.GetTimestamp();
        load();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {rows / seconds:N0} |  |  |  |  | {seconds:N0} | {(before == 0 ? 0 : PeakMemory.Highest() / (1 << 20)):N0} |");
    }

    // What run.json says of its cost, with the seconds of the whole.
    private static JsonElement Flag(string table, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] command = [Path.Combine(AppContext.BaseDirectory, "ilt.dll"), "flag", table, .. Tasks.Split(' '), "--fast", "--epochs", "1", "--batch", "1024", "--memory", "256", "--threads", "1", "--out", folder];
        foreach (var argument in command) start.ArgumentList.Add(argument);
        var clock = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"ilt flag ended with {process.ExitCode}: {error.Result.Trim()}");
        var run = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Path.Combine(folder, "run.json")))!;
        var cost = run["cost"].Deserialize<Dictionary<string, JsonElement>>()!;
        cost["elapsedSeconds"] = JsonSerializer.SerializeToElement(Stopwatch.GetElapsedTime(clock).TotalSeconds);
        return JsonSerializer.SerializeToElement(cost);
    }

    // Features are even between -1 and 1 with four digits; a tenth of the kinds is wrong.
    private static async Task Write(string csv, string parquet, int rows)
    {
        var random = new Random(1);
        DataField[] features = [.. Enumerable.Range(0, Features).Select(i => new DataField<float>(FormattableString.Invariant($"x{i}")))];
        DataField[] labels = [new DataField<string>("kind"), new DataField<string>("group"), new DataField<float>("size"), new DataField<float>("weight")];
        await using var file = File.Create(parquet);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema((Field[])[.. features, .. labels]), file);
        await using var text = new StreamWriter(csv, append: false, bufferSize: 1 << 20, encoding: new UTF8Encoding(false));
        await text.WriteAsync(string.Join(',', features.Concat(labels).Select(field => field.Name)) + "\n");
        for (var first = 0; first < rows; first += RowsAtATime)
        {
            var count = Math.Min(RowsAtATime, rows - first);
            var x = features.Select(_ => new float[count]).ToArray();
            var (kinds, groups, sizes, weights) = (new string[count], new string[count], new float[count], new float[count]);
            for (var row = 0; row < count; row++)
            {
                foreach (var column in x) column[row] = random.Next(-9_999, 10_000) / 10_000f;
                var kind = x[0][row] + x[1][row] > 0 ^ random.NextDouble() < 0.1;
                kinds[row] = kind ? "even" : "odd";
                groups[row] = FormattableString.Invariant($"c{(int)(2 * Math.Abs(x[2][row] + x[3][row]))}");
                sizes[row] = MathF.Round((3 * x[4][row]) + x[5][row] + (0.1f * random.NextSingle()), 3);
                weights[row] = MathF.Round(x[6][row] - (x[7][row] * x[8][row]) + (0.1f * random.NextSingle()), 3);
                foreach (var column in x) text.Write(FormattableString.Invariant($"{column[row]},"));
                text.Write(FormattableString.Invariant($"{kinds[row]},{groups[row]},{sizes[row]},{weights[row]}\n"));
            }

            using var group = writer.CreateRowGroup();
            for (var i = 0; i < Features; i++) await group.WriteAsync<float>(features[i], x[i]);
            await group.WriteAsync(labels[0], kinds);
            await group.WriteAsync(labels[1], groups);
            await group.WriteAsync<float>(labels[2], sizes);
            await group.WriteAsync<float>(labels[3], weights);
        }
    }
}
