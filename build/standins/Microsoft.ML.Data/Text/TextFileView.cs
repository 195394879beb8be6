using System.Globalization;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>A delimited text file as a table, read line by line on each pass.</summary>
internal sealed class TextFileView : IDataView
{
    private readonly string _path;
    private readonly TextLoader.Column[] _columns;
    private readonly char _separator;
    private readonly bool _hasHeader;

    public TextFileView(string path, TextLoader.Column[] columns, char separator, bool hasHeader)
    {
        _path = path;
        _columns = columns;
        _separator = separator;
        _hasHeader = hasHeader;
        using var reader = File.OpenText(path);
        var header = hasHeader ? NextLine(reader)?.Split(separator) ?? [] : null;
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            var item = DataKinds.TypeOf(column.Kind);
            builder.AddColumn(column.Name, column.Count > 1 ? new VectorDataViewType(item, column.Count) : item, SlotNames(column, header));
        }
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The next line that holds data: blank lines and comments (//) do not count.</summary>
    private static string NextLine(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
                return line;
        return null;
    }

    private static DataViewSchema.Annotations SlotNames(TextLoader.Column column, string[] header)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (header is not null && column.Count > 1)
            builder.AddVector(
                Annotated.SlotNames, TextDataViewType.Instance, [.. Enumerable.Range(column.First, column.Count).Select(f => (f < header.Length ? header[f].Trim() : "").AsMemory())]);
        return builder.ToAnnotations();
    }

    /// <summary>A <c>Func</c> from text to the item's raw type. What cannot be read is missing: NaN, or zero.</summary>
    private static Delegate Parser(DataKind kind) => kind switch
    {
        DataKind.String => (string s) => s.AsMemory(),
        DataKind.Single => (string s) => string.IsNullOrWhiteSpace(s) ? 0 : float.TryParse(s, CultureInfo.InvariantCulture, out var x) ? x : float.NaN,
        DataKind.Int32 => (string s) => int.TryParse(s.Trim(), CultureInfo.InvariantCulture, out var x) ? x : 0,
        _ => throw new NotSupportedException($"The stand-in of ML.NET reads String, Single and Int32 from text, not {kind}"),
    };

    private sealed class Cursor : RootCursor
    {
        private readonly TextFileView _view;
        private readonly StreamReader _reader;
        private string[] _row = [];

        public Cursor(TextFileView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
            : base(view.Schema, columnsNeeded)
        {
            _view = view;
            _reader = File.OpenText(view._path);
            if (view._hasHeader)
                NextLine(_reader);
        }

        protected override bool MoveNextCore()
        {
            if (NextLine(_reader) is not { } line)
                return false;
            _row = line.Split(_view._separator);
            return true;
        }

        protected override Delegate MakeGetter(int column) =>
            Generic.Call<Delegate>(Getter<int>, [DataKinds.ItemType(Schema[column].Type).RawType], _view._columns[column]);

        protected override void Dispose(bool disposing)
        {
            _reader.Dispose();
            base.Dispose(disposing);
        }

        private Delegate Getter<T>(TextLoader.Column column)
        {
            var parse = (Func<string, T>)Parser(column.Kind);
            if (column.Count == 1)
                return (ValueGetter<T>)((ref T value) => value = parse(Field(column.First)));
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
            {
                var editor = VBufferEditor.Create(ref value, column.Count);
                for (var i = 0; i < column.Count; i++)
                    editor.Values[i] = parse(Field(column.First + i));
                value = editor.Commit();
            });
        }

        private string Field(int index)
        {
            CheckOnRow();
            return index < _row.Length ? _row[index] : "";
        }
    }
}
