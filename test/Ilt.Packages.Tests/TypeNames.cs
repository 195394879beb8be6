using System.Reflection;

namespace Ilt.Packages.Tests;

/// <summary>Types and constraints as the surface files write them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsByRef) return $"ref {Of(type.GetElementType()!)}";
        if (type.IsPointer) return $"{Of(type.GetElementType()!)}*";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        var arguments = type.GetGenericArguments();
        if (!type.IsNested) return (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + Bare(type.Name) + List(arguments);
        // The arguments of an outer type are repeated on its nested types; they belong to the outer name.
        var outer = type.DeclaringType!;
        var count = outer.GetGenericArguments().Length;
        var prefix = count == 0 ? Of(outer) : Bare(outer.FullName ?? outer.Name) + List(arguments[..count]);
        return $"{prefix}.{Bare(type.Name)}{List(arguments[count..])}";
    }

    public static string Constraints(Type[] arguments)
    {
        var text = "";
        foreach (var argument in arguments.Where(a => a.IsGenericParameter))
        {
            var constraints = new List<string>();
            var attributes = argument.GenericParameterAttributes;
            var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) constraints.Add("class");
            if (isStruct) constraints.Add("struct");
            constraints.AddRange(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Of));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct) constraints.Add("new()");
            if (constraints.Count > 0) text += $" where {argument.Name} : {string.Join(", ", constraints)}";
        }
        return text;
    }

    private static string List(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";

    private static string Bare(string name) => name.IndexOf('`') is >= 0 and var tick ? name[..tick] : name;
}
