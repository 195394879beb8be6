using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Types and access of the class members that stand for columns.</summary>
internal static class MemberTypes
{
    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The raw type of the column that a member of this type can hold.</summary>
    public static Type RawType(Type member)
    {
        if (member == typeof(string))
            return typeof(ReadOnlyMemory<char>);
        return member.IsArray ? typeof(VBuffer<>).MakeGenericType(RawType(member.GetElementType())) : member;
    }

    public static DataViewType ColumnType(MemberInfo member)
    {
        var type = TypeOf(member);
        if (member.GetCustomAttributes().OfType<DataViewTypeAttribute>().FirstOrDefault() is { } attribute)
        {
            attribute.Register();
            return DataViewTypeManager.Find(type, attribute) ?? throw Unknown(member, type);
        }
        if (DataViewTypeManager.Find(type, null) is { } registered)
            return registered;
        var isVector = type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        var itemType = type.IsArray ? type.GetElementType() : isVector ? type.GetGenericArguments()[0] : type;
        var item = DataKinds.NumberOf(itemType) ?? throw Unknown(member, type);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            Check.Param(KeyDataViewType.IsValidDataType(itemType), "userType", $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            item = new KeyDataViewType(itemType, key.Count ?? Limit(itemType));
        }
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        Check.Param(isVector || vector is null, "userType", $"Member {member.Name} marked with VectorType attribute, but does not appear to be a vector type");
        return !isVector ? item : vector is { Dims.Length: > 0 } ? new VectorDataViewType(item, vector.Dims) : new VectorDataViewType(item);
    }

    /// <summary>A delegate that takes the member out of an object.</summary>
    public static Func<T, TMember> Reader<T, TMember>(MemberInfo member)
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, TMember>>(Expression.MakeMemberAccess(row, member), row).Compile();
    }

    /// <summary>A delegate that puts the member into an object.</summary>
    public static Action<T, TMember> Writer<T, TMember>(MemberInfo member)
    {
        var row = Expression.Parameter(typeof(T));
        var value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<T, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, member), value), row, value).Compile();
    }

    /// <summary>The count of a key type for which none is given.</summary>
    public static ulong Limit(Type type) =>
        type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;

    public static bool CanRead(MemberInfo member) => member is FieldInfo || ((PropertyInfo)member).GetGetMethod() is not null;

    public static bool CanWrite(MemberInfo member) => member is FieldInfo { IsInitOnly: false } || (member as PropertyInfo)?.GetSetMethod() is not null;

    private static ArgumentOutOfRangeException Unknown(MemberInfo member, Type type) =>
        new("userType", $"Could not determine an IDataView type and registered custom types for member {member.Name} of type {type}");
}
