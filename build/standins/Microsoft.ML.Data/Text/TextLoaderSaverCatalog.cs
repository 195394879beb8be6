using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public static class TextLoaderSaverCatalog
{
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        Load(path, Options(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false) =>
        Load(path, Options(ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        Check.NotNull(options, nameof(options));
        return Load(path, new TextLoader.Options
        {
            AllowQuoting = options.AllowQuoting,
            TrimWhitespace = options.TrimWhitespace,
            HasHeader = options.HasHeader,
            MissingRealsAsNaNs = options.MissingRealsAsNaNs,
            Separators = options.Separators,
            Columns = ColumnsOf(typeof(TInput)),
        });
    }

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null) => Load(path, options);

    private static TextFileView Load(string path, TextLoader.Options options)
    {
        Check.NotEmpty(path, nameof(path));
        Check.NotNull(options, nameof(options));
        Check.NotNull(options.Columns, nameof(options.Columns));
        Check.Param(File.Exists(path), nameof(path), $"File does not exist at path: {path}");
        return new TextFileView(path, options);
    }

    private static TextLoader.Options Options(TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trim, bool allowSparse)
    {
        Check.Param(!allowSparse, nameof(allowSparse), "The development stand-in of ML.NET reads dense text only");
        return new TextLoader.Options { Columns = columns, Separators = [separator], HasHeader = hasHeader, AllowQuoting = allowQuoting, TrimWhitespace = trim };
    }

    private static TextLoader.Column[] ColumnsOf(Type type)
    {
        var result = new List<TextLoader.Column>();
        foreach (var column in SchemaDefinition.Create(type))
        {
            if (column.Member.GetCustomAttribute<LoadColumnAttribute>() is not { } load)
                continue;
            var item = DataKinds.ItemType(column.ColumnType);
            var key = item as KeyDataViewType;
            var kind = DataKinds.KindOf(key is null ? item : DataKinds.NumberOf(key.RawType));
            Check.That(kind is not null, $"Member {column.MemberName} has a type that cannot be read from text");
            var isVector = column.ColumnType is VectorDataViewType;
            var source = load.Sources.Select(r => new TextLoader.Range(r.Min, r.Max) { ForceVector = isVector || r.ForceVector }).ToArray();
            result.Add(new TextLoader.Column(column.ColumnName, kind.Value, source, key is null ? null : new KeyCount(key.Count)));
        }
        Check.Param(result.Count > 0, nameof(type), $"Define at least one public field or property of {type.Name} with the LoadColumn attribute");
        return [.. result];
    }
}
