using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Data
{
    /// <summary>Where the columns of a table lie in a text file.</summary>
    public sealed class TextLoader
    {
        private TextLoader()
        {
        }

        /// <summary>A column: its name, the kind of its values, and the fields (counted from 0) they are in; several make a vector.</summary>
        public sealed class Column
        {
            public Column(string name, DataKind dataKind, int index)
                : this(name, dataKind, index, index)
            {
            }

            public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            {
                Check.NotNull(name, nameof(name));
                Check.Param(minIndex >= 0, nameof(minIndex), "Must be non-negative");
                Check.Param(maxIndex >= minIndex, nameof(maxIndex), "Must be greater than or equal to the minimum");
                Name = name;
                Kind = dataKind;
                First = minIndex;
                Count = maxIndex - minIndex + 1;
            }

            internal string Name { get; }

            internal DataKind Kind { get; }

            internal int First { get; }

            internal int Count { get; }
        }
    }
}

namespace Microsoft.ML
{
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
            bool allowSparse = false)
        {
            Check.NotEmpty(path, nameof(path));
            Check.NotNull(columns, nameof(columns));
            Check.Supported(!allowQuoting && !trimWhitespace && !allowSparse, "text with quotes, sparse rows or space to trim");
            Check.Param(File.Exists(path), nameof(path), $"File does not exist at path: {path}");
            return new TextFileView(path, columns, separatorChar, hasHeader);
        }

        public static IDataView LoadFromTextFile<TInput>(
            this DataOperationsCatalog catalog,
            string path,
            char separatorChar = '\t',
            bool hasHeader = false,
            bool allowQuoting = false,
            bool trimWhitespace = false,
            bool allowSparse = false) =>
            catalog.LoadFromTextFile(path, ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse);

        private static TextLoader.Column[] ColumnsOf(Type type)
        {
            var result = new List<TextLoader.Column>();
            foreach (var column in MemberColumn.Of(type, write: true))
            {
                if (column.Member.GetCustomAttribute<LoadColumnAttribute>() is not { } load)
                    continue;
                var kind = DataKinds.KindOf(column.Type);
                Check.That(kind is not null, $"Member {column.Member.Name} has a type that cannot be read from text");
                result.Add(new TextLoader.Column(column.Name, kind.Value, load.Index));
            }
            Check.Param(result.Count > 0, nameof(type), $"Define at least one public field or property of {type.Name} with the LoadColumn attribute");
            return [.. result];
        }
    }
}
