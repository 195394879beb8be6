using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>
/// What to do with a column of the wrong type, by what it is for. ML.NET converts neither a key nor a fraction to an integer, nor a key to a
/// fraction, and gives no vector a size, so that the step depends on the type that was found.
/// </summary>
internal static class ColumnAdvice
{
    public const string Steps = "mlContext.Transforms.";
    private const string ToSingle = $"Convert it with {Steps}Conversion.ConvertType, whose outputKind is DataKind.Single by default";
    private const string ToSize = "Give the vector its size n where it is loaded, with [VectorType(n)] on the member of the row's class or with ColumnType of a "
        + $"SchemaDefinition; in a pipeline with {Steps}CustomMapping into a class whose member has [VectorType(n)]";

    public static string ForFeatures(SchemaShape.Column column)
    {
        if (column.ItemType is ImageDataViewType)
            return $"Name it as the image column (mlContext.MultiTask.TrainOnImages), or turn it into numbers with {Steps}ResizeImages and {Steps}ExtractPixels";
        if (column.IsKey) return $"Turn keys into one feature per value with {Steps}Conversion.MapKeyToVector";
        if (column.ItemType is TextDataViewType)
            return (column.Kind == SchemaShape.Column.VectorKind.VariableVector
                ? $"Turn texts into one feature per value with {Steps}Categorical.OneHotEncoding and outputKind: OneHotEncodingEstimator.OutputKind.Bag"
                : $"Turn texts into one feature per value with {Steps}Categorical.OneHotEncoding")
                + $"; where they hold numbers, convert them with {Steps}Conversion.ConvertType";
        return Numbers(column);
    }

    public static string ForId(SchemaShape.Column column)
        => column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType is not (ImageDataViewType or BooleanDataViewType)
            ? $"Convert it with {Steps}Conversion.ConvertType and outputKind: DataKind.String"
            : "Name a column of one id per row, or none: rows are then known by their position";

    public static string ForImages(SchemaShape.Column column)
    {
        const string load = $"Load images from a column of paths with {Steps}LoadImages, and make them equally large with {Steps}ResizeImages";
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey || !IsNumeric(column.ItemType)) return load;
        return IsPixel(column.ItemType) ? $"{load}; or give the numbers their dimensions where they are loaded, with [VectorType(3, height, width)]" : ToSingle;
    }

    /// <summary>For a column that is to hold numbers, and no keys.</summary>
    public static string Numbers(SchemaShape.Column column)
    {
        if (column.ItemType is RowIdDataViewType) return "Name a column of numbers";
        return column.Kind == SchemaShape.Column.VectorKind.VariableVector ? ToSize : ToSingle;
    }

    public static bool IsNumeric(DataViewType type) => type is NumberDataViewType or BooleanDataViewType;

    private static bool IsPixel(DataViewType type) => type.Equals(NumberDataViewType.Single) || type.Equals(NumberDataViewType.Byte);
}
