namespace Microsoft.ML.Data;

/// <summary>The column's name where it is not the member's.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute : Attribute
{
    public ColumnNameAttribute(string name) => Name = name;

    internal string Name { get; }
}

/// <summary>The size of the vector in an array member; 0 means that it varies.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute(int size)
    {
        Check.Param(size >= 0, nameof(size), "Should be non-negative number");
        Size = size;
    }

    internal int Size { get; }
}

/// <summary>The field of a text file's lines (counted from 0) that goes into a member.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Index = fieldIndex;

    internal int Index { get; }
}

/// <summary>Only ever null: the members of a class and their attributes say what its columns are.</summary>
public sealed class SchemaDefinition
{
    private SchemaDefinition()
    {
    }
}
