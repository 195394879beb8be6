using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before data is seen: names, kinds and annotation names, but no sizes.</summary>
public sealed class SchemaShape : IEnumerable<SchemaShape.Column>
{
    private static readonly SchemaShape _empty = new([]);
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        Check.NotNull(columns, nameof(columns));
        _columns = [.. columns];
        Check.Param(_columns.All(c => c.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
    {
        Check.NotNull(schema, nameof(schema));
        return new SchemaShape(schema.Where(c => !c.IsHidden).Select(c => Create(c.Name, c.Type, c.Annotations)));
    }

    internal static Column Create(string name, DataViewType type, DataViewSchema.Annotations annotations)
    {
        var vector = type as VectorDataViewType;
        var kind = vector is null ? Column.VectorKind.Scalar : vector.IsKnownSize ? Column.VectorKind.Vector : Column.VectorKind.VariableVector;
        DataViewType item = vector is null ? type : vector.ItemType;
        var isKey = item is KeyDataViewType;
        if (isKey)
            item = DataKinds.NumberOf(item.RawType);
        var shape = annotations is null || annotations.Schema.Count == 0 ? _empty : Create(annotations.Schema);
        return new Column(name, kind, item, isKey, shape);
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        // A name given twice means the later column, as in a schema.
        var i = Array.FindLastIndex(_columns, c => c.Name == name);
        column = i < 0 ? default : _columns[i];
        return i >= 0;
    }

    /// <summary>This shape with <paramref name="added"/> put in; a column of the same name is replaced.</summary>
    internal SchemaShape With(params IEnumerable<Column> added)
    {
        var result = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var column in _columns.Concat(added))
            result[column.Name] = column;
        return new SchemaShape(result.Values);
    }

    public readonly struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Check.NotEmpty(name, nameof(name));
            Check.NotNull(itemType, nameof(itemType));
            Check.Param(itemType is not (KeyDataViewType or VectorDataViewType), nameof(itemType), "Item type cannot be a key or a vector");
            Check.Param(!isKey || KeyDataViewType.CanHoldKeys(itemType.RawType), nameof(itemType), "The item type must be valid for a key");
            Name = name;
            Kind = vecKind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? _empty;
        }

        internal bool IsValid => Name is not null;

        internal Column Renamed(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        /// <summary>The type as messages name it.</summary>
        internal string GetTypeString()
        {
            var item = IsKey ? $"Key<{ItemType.RawType.Name}>" : ItemType.ToString();
            return Kind switch { VectorKind.Scalar => item, VectorKind.Vector => $"Vector<{item}>", _ => $"VarVector<{item}>" };
        }

        public enum VectorKind
        {
            Scalar = 0,
            Vector = 1,
            VariableVector = 2,
        }
    }
}
