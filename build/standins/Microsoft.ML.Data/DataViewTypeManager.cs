namespace Microsoft.ML.Data;

/// <summary>Column types of third parties by the class member that holds them: its type and its type attribute.</summary>
public static class DataViewTypeManager
{
    private static readonly object _lock = new();
    private static readonly List<(Type Type, DataViewTypeAttribute Attribute, DataViewType ColumnType)> _known = [];

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        Check.NotNull(dataViewType, nameof(dataViewType));
        Check.NotNull(type, nameof(type));
        lock (_lock)
        {
            var known = Search(type, typeAttribute);
            if (known is not null && !known.Equals(dataViewType))
                throw new ArgumentOutOfRangeException(nameof(type), $"Repeated type register. The raw type {type} and its attributes are already bound to {known}.");
            if (known is null)
                _known.Add((type, typeAttribute, dataViewType));
        }
    }

    /// <summary>The registered column type, or null.</summary>
    internal static DataViewType Find(Type type, DataViewTypeAttribute attribute)
    {
        lock (_lock)
            return Search(type, attribute);
    }

    private static DataViewType Search(Type type, DataViewTypeAttribute attribute) =>
        _known.FirstOrDefault(k => k.Type == type && (k.Attribute is null ? attribute is null : attribute is not null && k.Attribute.Equals(attribute))).ColumnType;
}
