using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Reads one label column into memory.</summary>
internal static class LabelColumn
{
    /// <summary>What the column holds; null where labels of its type cannot be corrupted.</summary>
    public static LabelKind? KindOf(SchemaShape.Column column)
        => LabelKinds.Of(column, TaskKind.Classification)
        ?? (column.ItemType.Equals(NumberDataViewType.Single) ? LabelKinds.Of(column, TaskKind.Regression) : null);

    public static (TaskLabels Labels, int Size, IReadOnlyList<string>? Ids) Read(IDataView view, string name, LabelKind kind, string? idColumnName)
    {
        var column = view.Schema[name];
        DataViewSchema.Column[] columns = idColumnName is null ? [column] : [column, view.Schema[idColumnName]];
        using var cursor = view.GetRowCursor(columns);
        var task = kind is LabelKind.Key or LabelKind.Boolean ? TaskColumn.Classification(name) : TaskColumn.Regression(name);
        var schema = TaskSchema.Read(task, kind, column);
        var reader = LabelReader.Create(cursor, schema);
        var readId = idColumnName is null ? null : IdReader.Create(cursor, view.Schema[idColumnName]);
        var ids = readId is null ? null : new List<string>();
        for (var position = 1; cursor.MoveNext(); position++)
        {
            if (reader.Read() is { } problem)
                throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: {problem}."));
            reader.Keep();
            ids?.Add(readId!() ?? throw new InvalidOperationException(FormattableString.Invariant($"Row {position}: id column '{idColumnName}' is empty; give every row an id.")));
        }
        return (reader.ToLabels(), schema.Size, ids);
    }
}
