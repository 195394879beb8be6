using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A feature column and how many numbers it holds.</summary>
internal sealed record FeatureColumn(string Name, int Size)
{
    public static FeatureColumn Read(DataViewSchema.Column column)
        => new(column.Name, column.Type is VectorDataViewType vector ? vector.Size : 1);

    /// <summary>Finds this column in other data than it was fitted on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is absent, or of another type or size.</exception>
    public DataViewSchema.Column Require(DataViewSchema schema, string parameter)
    {
        var column = schema.GetColumnOrNull(Name) ?? throw SchemaErrors.NotFound("feature", Name, parameter);
        var fits = column.Type is VectorDataViewType vector
            ? vector.ItemType.Equals(NumberDataViewType.Single) && vector.Size == Size
            : column.Type.Equals(NumberDataViewType.Single) && Size == 1;
        if (!fits)
            throw SchemaErrors.Mismatch("feature", Name, Size == 1 ? "Single" : $"Vector<Single, {Size}>", column.Type.ToString()!, parameter,
                "The model was trained on features of that size");
        return column;
    }
}
