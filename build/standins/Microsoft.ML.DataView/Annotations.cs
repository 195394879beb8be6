using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Values about a column as a whole: slot names, key values, the kind of a score.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        public static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            Check.Param(column.Index < _getters.Length, nameof(column), "The column does not belong to these annotations");
            return Check.Getter<TValue>(_getters[column.Index], Schema[column.Index].Type);
        }

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"Invalid call to '{nameof(GetValue)}': no annotation '{kind}'");
            GetGetter<TValue>(column)(ref value);
        }

        public override string ToString() => "{" + string.Join(", ", Schema.Select(c => $"{c.Name}: {c.Type}")) + "}";

        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                Check.NotNull(selector, nameof(selector));
                if (annotations is null)
                    return;
                foreach (var column in annotations.Schema.Where(c => selector(c.Name)))
                    Add(column.Name, column.Type, annotations._getters[column.Index], column.Annotations);
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null) =>
                Add(name, type, (Delegate)getter, annotations);

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                Check.NotNull(type, nameof(type));
                Check.NotNull(getter, nameof(getter));
                Check.Param(getter.GetType() == typeof(ValueGetter<>).MakeGenericType(type.RawType), nameof(getter), $"The getter of annotation '{name}' must give {type.RawType}");
                _schema.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
            {
                Check.NotNull(type, nameof(type));
                Check.Param(type.RawType == typeof(TValue), nameof(type), $"The value of annotation '{name}' must be a {type.RawType}");
                Add<TValue>(name, type, (ref TValue dst) => dst = value, annotations);
            }

            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);
        }
    }
}
