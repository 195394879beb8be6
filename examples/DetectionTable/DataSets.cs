using Ilt.Cli.Tables;
using Ilt.Torch;

namespace Ilt.Examples.DetectionTable;

/// <summary>One of the real tables: where it lies, what its tasks are and which columns would give the answer away.</summary>
/// <param name="Name">Short name, as used with --sets.</param>
/// <param name="File">Path below the data folder.</param>
/// <param name="Classes">Label columns to classify.</param>
/// <param name="Numbers">Label columns to regress; the last N columns of the file where empty.</param>
/// <param name="LastColumns">Number of label columns at the end of the file, where they are not named.</param>
/// <param name="Ignore">Columns that are neither feature nor label.</param>
/// <param name="Tuning">Whether the shipped defaults were chosen on this set; the others confirm them.</param>
internal sealed record DataSet(string Name, string File, string[] Classes, string[] Numbers, int LastColumns = 0, string[]? Ignore = null, bool Tuning = false)
{
    public static readonly DataSet[] All =
    [
        new("winequality-white", "uci-tabular/winequality-white.csv", ["quality"], ["alcohol"], Tuning: true),
        new("enb", "mulan-mtr/enb.arff", [], [], 2, Tuning: true),
        new("slump", "mulan-mtr/slump.arff", [], [], 3, Tuning: true),
        new("oes97", "mulan-mtr/oes97.arff", [], [], 16, Tuning: true),
        new("abalone", "uci-tabular/abalone.csv", ["Gender"], ["Rings"]),
        new("winequality-red", "uci-tabular/winequality-red.csv", ["quality"], ["alcohol"]),
        new("bike-hour", "uci-tabular/bike-hour.csv", [], ["casual", "registered"], Ignore: ["instant", "dteday", "cnt"], Tuning: true),
        new("edm", "mulan-mtr/edm.arff", [], [], 2),
        new("wq", "mulan-mtr/wq.arff", [], [], 14),
        new("student-mat", "uci-tabular/student-mat.csv", [], ["G3"]),
        new("student-por", "uci-tabular/student-por.csv", ["school"], ["G3"]),
        new("atp1d", "mulan-mtr/atp1d.arff", [], [], 6),
    ];

    /// <summary>Reads the file; numbers are standardised over all rows, text is one-hot.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="mostTasks">At most this many tasks, the first ones.</param>
    /// <param name="mostRows">At most this many rows, drawn at random, always the same.</param>
    public (TaskDefinition[] Tasks, TableData Data) Load(string folder, int mostTasks, int mostRows)
    {
        var table = TableReader.Read(Path.Combine(folder, File));
        var numbers = LastColumns > 0 ? table.Names.TakeLast(LastColumns).ToArray() : Numbers;
        var tasks = new List<TaskDefinition>();
        var labels = new List<TaskLabels>();
        foreach (var name in Classes.Take(mostTasks))
        {
            var cells = Enumerable.Range(0, table.RowCount).Select(table.Column(name, name).Text).ToArray();
            var names = cells.Distinct().Order(StringComparer.Ordinal).ToList();
            tasks.Add(new ClassificationTask(name, names.Count));
            labels.Add(new ClassLabels([.. cells.Select(c => names.IndexOf(c))]));
        }
        foreach (var name in numbers.Take(mostTasks - tasks.Count))
        {
            tasks.Add(new RegressionTask(name));
            labels.Add(new NumberLabels(table.Column(name, name).ToNumbers("a task")));
        }
        var columns = new List<float[]>();
        foreach (var column in table.Columns)
        {
            if (Classes.Contains(column.Name) || numbers.Contains(column.Name) || (Ignore ?? []).Contains(column.Name)) continue;
            if (column.Kind == ColumnKind.Number) AddStandardised(columns, column.ToNumbers("a feature"));
            else AddIndicators(columns, column);
        }
        var features = new float[table.RowCount * columns.Count];
        for (var row = 0; row < table.RowCount; row++)
            for (var d = 0; d < columns.Count; d++) features[row * columns.Count + d] = columns[d][row];
        var data = new TableData(features, columns.Count, labels);
        if (mostRows >= data.RowCount) return ([.. tasks], data);
        var order = Enumerable.Range(0, data.RowCount).ToArray();
        new Random(1).Shuffle(order);
        return ([.. tasks], data.Subset(order[..mostRows]));
    }

    private static void AddStandardised(List<float[]> columns, float[] values)
    {
        var mean = values.Average(v => (double)v);
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        if (deviation > 0) columns.Add([.. values.Select(v => (float)((v - mean) / deviation))]);
    }

    private static void AddIndicators(List<float[]> columns, TableColumn column)
    {
        var cells = Enumerable.Range(0, column.Count).Select(column.Text).ToArray();
        foreach (var value in cells.Distinct().Order(StringComparer.Ordinal))
            columns.Add([.. cells.Select(c => c == value ? 1f : 0f)]);
    }
}
