using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Work on the (output, input) names of transformers that make each output column from one input column.</summary>
internal static class ColumnPairs
{
    public static InputOutputColumnPair[] Checked(InputOutputColumnPair[] pairs)
    {
        Check.NotNull(pairs, "columns");
        Check.Param(pairs.Length > 0 && pairs.All(p => p is not null), "columns", "At least one column pair is needed, and none may be null");
        return pairs;
    }

    /// <summary>The pair of a catalog call that names one column; no input name means "in place".</summary>
    public static InputOutputColumnPair[] One(string outputColumnName, string inputColumnName)
    {
        Check.NotEmpty(outputColumnName, nameof(outputColumnName));
        return [new InputOutputColumnPair(outputColumnName, inputColumnName)];
    }

    public static IEnumerable<MappedColumn> Map(this InputOutputColumnPair[] pairs, DataViewSchema inputSchema, Func<int, string, DataViewSchema.Column, MappedColumn> map) =>
        [.. pairs.Select((pair, i) => map(i, pair.OutputColumnName, Columns.Find(inputSchema, pair.InputColumnName)))];

    public static void Write(BinaryWriter writer, InputOutputColumnPair[] pairs)
    {
        writer.Write(pairs.Length);
        foreach (var pair in pairs)
        {
            writer.Write(pair.OutputColumnName);
            writer.Write(pair.InputColumnName);
        }
    }

    public static InputOutputColumnPair[] Read(BinaryReader reader)
    {
        var pairs = new InputOutputColumnPair[reader.ReadInt32()];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = new InputOutputColumnPair(reader.ReadString(), reader.ReadString());
        return pairs;
    }
}
