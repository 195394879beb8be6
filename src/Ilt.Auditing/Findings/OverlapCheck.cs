namespace Ilt.Auditing;

/// <summary>Pairs of classes that models which had not seen the rows cannot tell apart.</summary>
/// <remarks>
/// The rows of two classes are divided by the odds of the two where as large a share of either falls on the wrong side: the equal error rate, 1/2 where nothing tells
/// them apart, whatever their sizes. Wrong labels raise that share alike whatever the models are sure of; what overlaps is confused where they are unsure. So the share
/// among the surest fifth is taken for wrong labels.
/// </remarks>
internal sealed class OverlapCheck : IDataCheck
{
    private const int FewestRows = 30, MostPairs = 10, MostGroups = 100;
    private const double Confused = 0.35, Corrected = 0.2, AlmostAll = 0.42; // shares; 1/2 is chance
    private const double SurelyAbove = 0.3, Normal99 = 2.33, Surest = 0.2;

    public string Name => "overlap";

    public string Summary => "Classes that are confused so often in both directions that they may be one, or that the features do not tell apart.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        foreach (var task in evidence.Tasks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (task.Form != LabelForm.Classes || task.OutOfFold is null || task.Columns < 2) continue;
            foreach (var finding in OfTask(evidence, task)) yield return finding;
        }
    }

    private static IEnumerable<Finding> OfTask(DataEvidence evidence, TaskEvidence task)
    {
        var rowsOf = new List<int>[task.Columns];
        for (var label = 0; label < task.Columns; label++) rowsOf[label] = [];
        for (var row = 0; row < task.RowCount; row++)
            if (task.IsLabelled(row) && (int)task.Given[row] is var given && given >= 0 && given < task.Columns && float.IsFinite(task.OutOfFold![row * task.Columns]))
                rowsOf[given].Add(row);
        var large = Enumerable.Range(0, task.Columns).Where(label => rowsOf[label].Count >= FewestRows).ToArray();
        var found = new List<Pair>();
        var compared = 0;
        for (var i = 0; i < large.Length; i++)
            for (var j = i + 1; j < large.Length; j++, compared++)
                if (Pair.Of(task, large[i], rowsOf[large[i]], large[j], rowsOf[large[j]]) is { Overlaps: true } pair) found.Add(pair);
        if (found.Count == 0) yield break;
        if (large.Length > 2 && found.Count * 2 > compared)
        {
            yield return new("overlap", task.Task, $"The classes can hardly be told apart ({Words.Number(found.Count)} of {Words.Number(compared)} pairs)",
                "Models that had not seen the rows confuse most classes with each other: the features do not hold what the label depends on, or most labels are arbitrary. What is said of single labels is not worth much then.",
                [], found.Count);
            yield break;
        }
        foreach (var pair in found.OrderByDescending(pair => pair.Share).Take(MostPairs))
        {
            var (a, b) = (evidence.ClassName(task.Task, pair.A), evidence.ClassName(task.Task, pair.B));
            yield return new("overlap", task.Task, $"Classes {a} and {b} may be one",
                $"Models that had not seen the rows take as many of either for the other: {Words.Number(pair.FromA)} of {Words.Count(pair.RowsOfA, "row")} of {a} and {Words.Number(pair.FromB)} of {Words.Number(pair.RowsOfB)} of {b} "
                + $"({Words.Percent(pair.Share)}; a coin: 50 %; {Words.Percent(pair.Wrong)} among the fifth of which they are surest, which wrong labels may account for). Say where one ends and the other begins, or merge them."
                + (found.Count > MostPairs ? $" There are {Words.Number(found.Count)} such pairs." : ""),
                [.. pair.Rows.Take(MostGroups).Select(row => new[] { row })], pair.FromA + pair.FromB);
        }
    }

    private sealed record Pair(int A, int B, int FromA, int RowsOfA, int FromB, int RowsOfB, double Wrong, IReadOnlyList<int> Rows)
    {
        public double Share => (((double)FromA / RowsOfA) + ((double)FromB / RowsOfB)) / 2;

        public bool Overlaps
        {
            get
            {
                var (a, b) = ((double)FromA / RowsOfA, (double)FromB / RowsOfB);
                if (Share < Confused) return false;
                var error = Math.Sqrt((a * (1 - a) / RowsOfA) + (b * (1 - b) / RowsOfB)) / 2;
                return Share - (Normal99 * error) > SurelyAbove && (Share >= AlmostAll || (Share - Wrong) / (1 - (2 * Wrong)) >= Corrected);
            }
        }

        public static Pair Of(TaskEvidence task, int a, List<int> ofA, int b, List<int> ofB)
        {
            var (oddsOfA, oddsOfB) = (ofA.ConvertAll(LogOdds), ofB.ConvertAll(LogOdds));
            var border = EqualErrors(oddsOfA, oddsOfB);
            // How far on the wrong side.
            var fromA = ofA.Select((row, i) => (Row: row, By: border - oddsOfA[i])).ToArray();
            var fromB = ofB.Select((row, i) => (Row: row, By: oddsOfB[i] - border)).ToArray();
            var wrong = (WrongAmongSurest(fromA) + WrongAmongSurest(fromB)) / 2;
            int[] rows = [.. fromA.Concat(fromB).Where(r => r.By > 0).OrderByDescending(r => r.By).ThenBy(r => r.Row).Select(r => r.Row)];
            return new(a, b, fromA.Count(r => r.By > 0), fromA.Length, fromB.Count(r => r.By > 0), fromB.Length, Math.Min(wrong, 0.49), rows);

            double LogOdds(int row)
            {
                var (p, q) = (task.OutOfFold![(row * task.Columns) + a], task.OutOfFold[(row * task.Columns) + b]);
                return Math.Log(Math.Max(p, 1e-9)) - Math.Log(Math.Max(q, 1e-9));
            }
        }

        // The border below which as large a share of the first lies as of the second above it.
        private static double EqualErrors(List<double> upper, List<double> lower)
        {
            var (high, low) = (upper.Order().ToArray(), lower.Order().ToArray());
            var (from, to) = (Math.Min(high[0], low[0]) - 1, Math.Max(high[^1], low[^1]) + 1);
            for (var step = 0; step < 60; step++)
            {
                var middle = (from + to) / 2;
                if (high.Count(odds => odds < middle) * (long)low.Length < low.Count(odds => odds > middle) * (long)high.Length) from = middle;
                else to = middle;
            }
            return (from + to) / 2;
        }

        private static double WrongAmongSurest((int Row, double By)[] rows)
        {
            var surest = rows.OrderByDescending(r => Math.Abs(r.By)).ThenBy(r => r.Row).Take(Math.Max(1, (int)(Surest * rows.Length))).ToArray();
            return surest.Count(r => r.By > 0) / (double)surest.Length;
        }
    }
}
