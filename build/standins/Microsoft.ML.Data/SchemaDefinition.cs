using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>How the fields and properties of a class are the columns of a table; may be changed before use.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    [Flags]
    public enum Direction
    {
        /// <summary>Values are taken from the object.</summary>
        Read = 1,

        /// <summary>Values are put into the object.</summary>
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => this.FirstOrDefault(c => c.ColumnName == columnName);
        set
        {
            Check.NotNull(value, nameof(value));
            Check.Param(value.ColumnName == columnName, nameof(columnName), "The column name must match the specified name");
            var i = FindIndex(c => c.ColumnName == columnName);
            if (i >= 0)
                this[i] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Check.NotNull(userType, nameof(userType));
        var result = new SchemaDefinition();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Members(userType, direction))
        {
            var column = new Column(member);
            Check.Param(names.Add(column.ColumnName), nameof(userType), $"Duplicate column name '{column.ColumnName}' detected");
            result.Add(column);
        }
        return result;
    }

    internal static SchemaDefinition OrCreate<T>(SchemaDefinition given, Direction direction) => given ?? Create(typeof(T), direction);

    /// <summary>The class's columns with the types and annotations a schema gives them.</summary>
    internal static SchemaDefinition From(Type userType, Direction direction, DataViewSchema schema)
    {
        var result = Create(userType, direction);
        foreach (var column in result)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is not { } known)
                continue;
            column.ColumnType = known.Type;
            column.Annotations = known.Annotations;
        }
        return result;
    }

    internal DataViewSchema ToSchema()
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in this)
            builder.AddColumn(column.ColumnName, column.CheckedType(), column.Annotations);
        return builder.ToSchema();
    }

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.IsLiteral);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p =>
            p.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && p.GetGetMethod() is not null) || (direction.HasFlag(Direction.Write) && p.GetSetMethod() is not null)));
        return fields.Concat<MemberInfo>(properties).Where(m => m.GetCustomAttribute<NoColumnAttribute>() is null);
    }

    public sealed class Column
    {
        internal Column(MemberInfo member)
        {
            Member = member;
            ColumnName = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            ColumnType = MemberTypes.ColumnType(member);
        }

        public string MemberName => Member.Name;

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations { get; internal set; } = DataViewSchema.Annotations.Empty;

        internal MemberInfo Member { get; }

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(Annotations, _ => true);
            builder.Add(kind, annotationType, Getter(value));
            Annotations = builder.ToAnnotations();
        }

        internal DataViewType CheckedType()
        {
            Check.Param(
                MemberTypes.RawType(MemberTypes.TypeOf(Member)) == ColumnType.RawType,
                "schemaDefinition",
                $"Schema definition column '{ColumnName}' of type {ColumnType} does not fit member '{MemberName}' of type {MemberTypes.TypeOf(Member)}");
            return ColumnType;
        }

        // Text and vectors may be given as the types that class members have.
        private static Delegate Getter<T>(T value) => value switch
        {
            string text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> dst) => dst = text.AsMemory()),
            string[] texts => (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> dst) =>
                dst = new VBuffer<ReadOnlyMemory<char>>(texts.Length, [.. texts.Select(t => t.AsMemory())])),
            float[] numbers => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> dst) => dst = new VBuffer<float>(numbers.Length, [.. numbers])),
            _ => (ValueGetter<T>)((ref T dst) => dst = value),
        };
    }
}
