using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Values about a column as a whole: slot names, key values, the kind of a score.</summary>
    public sealed class Annotations
    {
        internal static readonly Annotations Empty = new(new DataViewSchema([]), []);

        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        public DataViewSchema Schema { get; }

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"Invalid call to '{nameof(GetValue)}': no annotation '{kind}'");
            Check.Getter<TValue>(_getters[column.Index], column.Type)(ref value);
        }

        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null) =>
                Add(name, type, (Delegate)getter, annotations);

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
            {
                Check.NotNull(type, nameof(type));
                Check.Param(type.RawType == typeof(TValue), nameof(type), $"The value of annotation '{name}' must be a {type.RawType}");
                Add<TValue>(name, type, (ref TValue dst) => dst = value, annotations);
            }

            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);

            internal void Add(Annotations annotations, Func<string, bool> selector)
            {
                foreach (var column in annotations.Schema.Where(c => selector(c.Name)))
                    Add(column.Name, column.Type, annotations._getters[column.Index], column.Annotations);
            }

            internal void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                Check.NotNull(type, nameof(type));
                Check.NotNull(getter, nameof(getter));
                Check.Param(getter.GetType() == typeof(ValueGetter<>).MakeGenericType(type.RawType), nameof(getter), $"The getter of annotation '{name}' must give {type.RawType}");
                _schema.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }
        }
    }
}
