using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Transforms
{
    public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
    {
        private readonly string _name;
        private readonly string[] _sources;

        internal ColumnConcatenatingEstimator(string outputColumnName, params string[] inputColumnNames)
        {
            Check.NotEmpty(outputColumnName, nameof(outputColumnName));
            Check.NotNull(inputColumnNames, nameof(inputColumnNames));
            Check.Param(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
            _name = outputColumnName;
            _sources = [.. inputColumnNames];
        }

        public ColumnConcatenatingTransformer Fit(IDataView input)
        {
            Check.NotNull(input, nameof(input));
            var transformer = new ColumnConcatenatingTransformer(_name, _sources);
            _ = transformer.GetOutputSchema(input.Schema);
            return transformer;
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var sources = _sources.Select(s => Columns.Find(inputSchema, s)).ToArray();
            foreach (var source in sources)
                if (!source.ItemType.Equals(sources[0].ItemType) || source.IsKey != sources[0].IsKey)
                    throw Columns.Mismatch(source.Name, "input", sources[0].GetTypeString(), source.GetTypeString());
            var known = sources.All(s => s.Kind != SchemaShape.Column.VectorKind.VariableVector);
            var annotations = new List<SchemaShape.Column>();
            if (known && sources.Any(s => s.Kind == SchemaShape.Column.VectorKind.Scalar || s.Annotations.TryFindColumn(Annotated.SlotNames, out _)))
                annotations.Add(Shapes.Texts(Annotated.SlotNames));
            if (sources[0].ItemType is NumberDataViewType && sources.All(s => s.Annotations.TryFindColumn(Annotated.IsNormalized, out _)))
                annotations.Add(Shapes.Normalized);
            return inputSchema.With(new SchemaShape.Column(
                _name,
                known ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector,
                sources[0].ItemType,
                sources[0].IsKey,
                new SchemaShape(annotations)));
        }
    }
}

namespace Microsoft.ML.Data
{
    public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
    {
        private const string Signature = "ConcatTransform";
        private readonly string _name;
        private readonly string[] _sources;

        internal ColumnConcatenatingTransformer(string name, string[] sources)
        {
            _name = name;
            _sources = sources;
        }

        [ModuleInitializer]
        internal static void Register() =>
            ModelLoaders.Register(Signature, node => new ColumnConcatenatingTransformer(
                node.Reader.ReadString(), [.. Items.Read<ReadOnlyMemory<char>>(node.Reader).Select(s => s.ToString())]));

        private protected override void SaveModel(ModelSaveContext ctx)
        {
            var writer = ctx.Begin(Signature, this);
            writer.Write(_name);
            Items.Write<ReadOnlyMemory<char>>(writer, _sources.Select(s => s.AsMemory()).ToArray());
        }

        private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema)
        {
            var sources = _sources.Select(s => Columns.Find(inputSchema, s)).ToArray();
            var item = DataKinds.ItemType(sources[0].Type);
            foreach (var source in sources)
                if (item is null || !item.Equals(DataKinds.ItemType(source.Type)))
                    throw Columns.Mismatch(source.Name, "input", item?.ToString() ?? "a vector or a primitive value", source.Type.ToString());

            // A single vector is handed on as it is.
            if (sources is [{ Type: VectorDataViewType } only])
                return [MappedColumn.Copy(_name, only)];

            var sizes = sources.Select(s => Items.SlotCount(s.Type)).ToArray();
            var size = sizes.Contains(0) ? 0 : sizes.Sum();
            var annotations = new DataViewSchema.Annotations.Builder();
            if (size > 0 && SlotNames(sources, size) is { } names)
                annotations.AddVector(Annotated.SlotNames, TextDataViewType.Instance, names);
            if (item is NumberDataViewType && sources.All(s => s.IsNormalized()))
                annotations.AddNormalized();
            return
            [
                new MappedColumn(
                    _name,
                    new VectorDataViewType(item, size),
                    annotations.ToAnnotations(),
                    sources,
                    row => Generic.Call<Delegate>(Getter<int>, [item.RawType], row, sources)),
            ];
        }

        private static ReadOnlyMemory<char>[] SlotNames(DataViewSchema.Column[] sources, int size)
        {
            var result = new ReadOnlyMemory<char>[size];
            var any = false;
            var slot = 0;
            foreach (var source in sources)
            {
                if (source.Type is not VectorDataViewType vector)
                {
                    result[slot++] = source.Name.AsMemory();
                    any = true;
                    continue;
                }
                if (Annotated.Texts(source, Annotated.SlotNames, vector.Size) is { } names)
                {
                    any = true;
                    for (var i = 0; i < names.Length; i++)
                        if (!names[i].IsEmpty)
                            result[slot + i] = $"{source.Name}.{names[i]}".AsMemory();
                }
                slot += vector.Size;
            }
            return any ? result : null;
        }

        private static Delegate Getter<T>(DataViewRow row, DataViewSchema.Column[] sources)
        {
            var parts = new VBuffer<T>[sources.Length];
            var fill = sources.Select((source, i) => Part(row, source, parts, i)).ToArray();
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> result) =>
            {
                foreach (var read in fill)
                    read();
                var editor = VBufferEditor.Create(ref result, parts.Sum(p => p.Length));
                var slot = 0;
                foreach (var part in parts)
                {
                    part.CopyTo(editor.Values[slot..]);
                    slot += part.Length;
                }
                result = editor.Commit();
            });
        }

        private static Action Part<T>(DataViewRow row, DataViewSchema.Column source, VBuffer<T>[] parts, int i)
        {
            if (source.Type is VectorDataViewType vector)
            {
                var getVector = row.GetGetter<VBuffer<T>>(source);
                return () =>
                {
                    getVector(ref parts[i]);
                    Check.That(vector.Size == 0 || parts[i].Length == vector.Size, $"Column '{source.Name}' gave {parts[i].Length} items, its type says {vector.Size}");
                };
            }
            var get = row.GetGetter<T>(source);
            var single = new T[1];
            parts[i] = new VBuffer<T>(1, single);
            return () => get(ref single[0]);
        }
    }
}
