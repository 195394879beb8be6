using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>A delimited text file as a table, read line by line on each pass.</summary>
internal sealed class TextFileView : IDataView
{
    private readonly string _path;
    private readonly TextLoader.Options _options;
    private readonly int[][] _fields;

    public TextFileView(string path, TextLoader.Options options)
    {
        _path = path;
        _options = options;
        var first = Array.Empty<string>();
        using (var reader = File.OpenText(path))
            if (NextLine(reader) is { } line)
                first = FieldSplitter.Split(line, options);
        _fields = [.. options.Columns.Select(c => Fields(c, first.Length))];
        var builder = new DataViewSchema.Builder();
        for (var i = 0; i < options.Columns.Length; i++)
            builder.AddColumn(options.Columns[i].Name, TypeOf(options.Columns[i], _fields[i].Length), SlotNames(i, first));
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

    private static int[] Fields(TextLoader.Column column, int fieldCount)
    {
        Check.Param(column.Source is { Length: > 0 }, nameof(column), $"Column '{column.Name}' has no source");
        return [.. column.Source.SelectMany(r =>
        {
            var end = r.Max ?? fieldCount - 1;
            Check.Param(end >= r.Min, nameof(column), $"Column '{column.Name}' starts after the last field of the file");
            return Enumerable.Range(r.Min, end - r.Min + 1);
        })];
    }

    private static DataViewType TypeOf(TextLoader.Column column, int size)
    {
        var item = DataKinds.TypeOf(column.DataKind);
        if (column.KeyCount is { } key)
            item = new KeyDataViewType(item.RawType, key.Count ?? MemberTypes.Limit(item.RawType));
        return size > 1 || column.Source.Any(r => r.ForceVector) ? new VectorDataViewType(item, size) : item;
    }

    private DataViewSchema.Annotations SlotNames(int column, string[] header)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (_options.HasHeader && TypeOf(_options.Columns[column], _fields[column].Length) is VectorDataViewType)
            builder.AddVector("SlotNames", TextDataViewType.Instance, [.. _fields[column].Select(f => (f < header.Length ? header[f].Trim() : "").AsMemory())]);
        return builder.ToAnnotations();
    }

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
            if (view._options.HasHeader)
                NextLine(_reader);
        }

        protected override bool MoveNextCore()
        {
            if (NextLine(_reader) is not { } line)
                return false;
            _row = FieldSplitter.Split(line, _view._options);
            return true;
        }

        protected override Delegate MakeGetter(int column) =>
            Generic.Call<Delegate>(Getter<int>, [DataKinds.ItemType(Schema[column].Type).RawType], column);

        protected override void Dispose(bool disposing)
        {
            _reader.Dispose();
            base.Dispose(disposing);
        }

        private Delegate Getter<T>(int column)
        {
            var parse = (Func<string, T>)FieldParser.For(DataKinds.ItemType(Schema[column].Type), _view._options.MissingRealsAsNaNs);
            var fields = _view._fields[column];
            if (Schema[column].Type is not VectorDataViewType)
                return (ValueGetter<T>)((ref T value) => value = parse(Field(fields[0])));
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
            {
                var editor = VBufferEditor.Create(ref value, fields.Length);
                for (var i = 0; i < fields.Length; i++)
                    editor.Values[i] = parse(Field(fields[i]));
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
