using System.Collections.Concurrent;
using System.Globalization;

namespace Ilt.Experiments;

/// <summary>The child's side: takes the keys of cells, one a line, runs each, and answers with a line. It ends with its input, so that no child outlives its parent.</summary>
internal static class CellWorker
{
    /// <summary>Begins the lines that are for the parent.</summary>
    public const string Mark = "cell ";

    /// <summary>The words of an answer.</summary>
    public const string Done = "done", Failed = "failed";

    /// <summary>Runs cells until the input ends.</summary>
    public static void Serve(TextReader input, TextWriter output, IReadOnlyList<Cell> cells, CellRunner runner, ResultStore store, CancellationToken cancellation)
    {
        var byKey = cells.GroupBy(cell => cell.Key).ToDictionary(group => group.Key, group => group.First());
        using var parent = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var keys = new BlockingCollection<string>();
        var reader = new Thread(() =>
        {
            while (input.ReadLine() is { } line) keys.Add(line, CancellationToken.None);
            keys.CompleteAdding();
            try
            {
                parent.Cancel(); // a cell under way is nobody's any more
            }
            catch (ObjectDisposedException)
            {
                // All is done.
            }
        }) { IsBackground = true };
        reader.Start();
        foreach (var key in keys.GetConsumingEnumerable(cancellation))
        {
            var answer = !byKey.TryGetValue(key, out var cell) ? $"{Failed} {key} the experiment or its data have changed since it was started; start it again" : Run(cell, runner, store, parent.Token);
            output.WriteLine(Mark + answer);
            output.Flush();
        }
    }

    /// <summary>Runs a cell and keeps its result, or why there is none.</summary>
    /// <returns>The answer.</returns>
    public static string Run(Cell cell, CellRunner runner, ResultStore store, CancellationToken cancellation)
    {
        try
        {
            var result = runner.Run(cell, cancellation);
            store.Write(cell, result);
            return string.Create(CultureInfo.InvariantCulture, $"{Done} {cell.Key} {result.Seconds:F3}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the other cells go on; the type helps whoever is asked about it.
            var message = (e is ExperimentException ? e.Message : $"{e.Message} ({e.GetType().Name})").ReplaceLineEndings(" ");
            store.WriteFailure(cell, message);
            return $"{Failed} {cell.Key} {message}";
        }
    }
}
