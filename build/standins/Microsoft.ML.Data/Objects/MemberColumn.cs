using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A field or property that stands for a column.</summary>
internal sealed class MemberColumn
{
    private MemberColumn(MemberInfo member)
    {
        Member = member;
        MemberType = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
        Type = ColumnType();
    }

    public MemberInfo Member { get; }

    public Type MemberType { get; }

    public string Name { get; }

    public DataViewType Type { get; }

    /// <summary>The columns of a class from whose objects values are taken, or into whose objects they are put.</summary>
    public static MemberColumn[] Of(Type type, bool write)
    {
        const BindingFlags open = BindingFlags.Public | BindingFlags.Instance;
        var fields = type.GetFields(open).Where(f => !write || !f.IsInitOnly);
        var properties = type.GetProperties(open).Where(p => p.GetIndexParameters().Length == 0 && (write ? p.GetSetMethod() : p.GetGetMethod()) is not null);
        var columns = fields.Concat<MemberInfo>(properties).Select(m => new MemberColumn(m)).ToArray();
        foreach (var group in columns.GroupBy(c => c.Name))
            Check.Param(group.Count() == 1, "userType", $"Duplicate column name '{group.Key}' detected");
        return columns;
    }

    /// <summary>A delegate that takes the member out of an object.</summary>
    public Func<T, TMember> Reader<T, TMember>()
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, TMember>>(Expression.MakeMemberAccess(row, Member), row).Compile();
    }

    /// <summary>A delegate that puts the member into an object.</summary>
    public Action<T, TMember> Writer<T, TMember>()
    {
        var row = Expression.Parameter(typeof(T));
        var value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<T, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, Member), value), row, value).Compile();
    }

    private DataViewType ColumnType()
    {
        var attribute = Member.GetCustomAttributes().OfType<DataViewTypeAttribute>().FirstOrDefault();
        attribute?.Register();
        if (DataViewTypeManager.Find(MemberType, attribute) is { } registered)
            return registered;
        var item = attribute is null ? DataKinds.NumberOf(MemberType.IsArray ? MemberType.GetElementType() : MemberType) : null;
        var vector = Member.GetCustomAttribute<VectorTypeAttribute>();
        Check.Param(item is not null, "userType", $"Could not determine an IDataView type and registered custom types for member {Member.Name} of type {MemberType}");
        Check.Param(MemberType.IsArray || vector is null, "userType", $"Member {Member.Name} marked with VectorType attribute, but does not appear to be a vector type");
        return MemberType.IsArray ? new VectorDataViewType(item, vector?.Size ?? 0) : item;
    }
}
