using System.Globalization;
using System.Reflection;

namespace Ilt.Packages.Tests;

/// <summary>Writes an assembly's public surface as text, one line a type or member, in the form of the files in surface/.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> Untold = ["System.Object", "System.ValueType", "System.Enum", "System.MulticastDelegate"];

    public static SortedSet<string> Of(Assembly assembly)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in LoadableTypes(assembly).Where(IsVisible)) Add(type, lines);
        return lines;
    }

    // A package may refer to one that is not installed (image libraries); what does not need it can still be read.
    private static IEnumerable<Type> LoadableTypes(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static void Add(Type type, SortedSet<string> lines)
    {
        var name = TypeNames.Of(type);
        var kind = KindOf(type);
        lines.Add($"{name} : {kind}{TypeNames.Constraints(type.GetGenericArguments())}");
        if (type.BaseType is { } parent && !Untold.Contains(parent.FullName ?? "")) lines.Add($"{name} : base {TypeNames.Of(parent)}");
        if (kind == "enum")
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static)) lines.Add($"{name}.{field.Name} = {field.GetRawConstantValue()}");
            return;
        }
        if (kind == "delegate")
        {
            var invoke = type.GetMethod("Invoke")!;
            lines.Add($"{name}.Invoke({Parameters(invoke)}) : {TypeNames.Of(invoke.ReturnType)}");
            return;
        }
        foreach (var contract in type.GetInterfaces().Where(IsVisible)) lines.Add($"{name} : implements {TypeNames.Of(contract)}");
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            lines.Add($"{name}.{field.Name} : field {Modifiers(field.IsStatic, false, false, !field.IsPublic)}{(field.IsInitOnly ? "readonly " : "")}{(field.IsLiteral ? "const " : "")}{TypeNames.Of(field.FieldType)}");
        foreach (var constructor in type.GetConstructors(Declared).Where(c => IsOpen(c) && !c.IsStatic))
            lines.Add($"{name}.ctor({Parameters(constructor)}){Protection(constructor)}");
        foreach (var property in type.GetProperties(Declared)) AddProperty(type, name, property, lines);
        foreach (var e in type.GetEvents(Declared).Where(e => e.AddMethod is { } add && IsOpen(add)))
            lines.Add($"{name}.{e.Name} : event {TypeNames.Of(e.EventHandlerType!)}");
        foreach (var method in type.GetMethods(Declared).Where(m => IsOpen(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
            lines.Add(Describe(type, name, method));
    }

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.BaseType == typeof(MulticastDelegate) ? "delegate"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static void AddProperty(Type type, string name, PropertyInfo property, SortedSet<string> lines)
    {
        var get = property.GetGetMethod(true) is { } g && IsOpen(g) ? g : null;
        var set = property.GetSetMethod(true) is { } s && IsOpen(s) ? s : null;
        if ((get ?? set) is not { } accessor) return;
        var index = property.GetIndexParameters();
        var accessors = (get is null ? "" : $" get{Protection(get)};") + (set is null ? "" : $" set{Protection(set)};");
        lines.Add($"{name}.{property.Name}{(index.Length > 0 ? $"[{string.Join(", ", index.Select(Parameter))}]" : "")} : property {Modifiers(type, accessor)}{TypeNames.Of(property.PropertyType)} {{{accessors} }}");
    }

    private static string Describe(Type type, string name, MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var constraints = method.IsGenericMethodDefinition ? TypeNames.Constraints(method.GetGenericArguments()) : "";
        return $"{name}.{method.Name}{generic}({Parameters(method)}) : {Modifiers(type, method)}{TypeNames.Of(method.ReturnType)}{constraints}{Protection(method)}";
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Protection(MethodBase method) => method.IsPublic ? "" : " protected";

    private static string Modifiers(Type type, MethodBase method) =>
        Modifiers(method.IsStatic, method.IsAbstract && !type.IsInterface, method.IsVirtual && !method.IsFinal && !type.IsInterface, false);

    private static string Modifiers(bool isStatic, bool isAbstract, bool isVirtual, bool isProtected) =>
        (isProtected ? "protected " : "") + (isStatic ? "static " : "") + (isAbstract ? "abstract " : isVirtual ? "virtual " : "");

    private static string Parameters(MethodBase method) =>
        (method.GetCustomAttributesData().Any(a => a.AttributeType.Name == "ExtensionAttribute") ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var by = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.GetRequiredCustomModifiers().Any(m => m.Name == "InAttribute") ? "in " : "ref ";
        var many = parameter.GetCustomAttributesData().Any(a => a.AttributeType.Name == "ParamArrayAttribute") ? "params " : "";
        var preset = !parameter.HasDefaultValue ? "" : " = " + parameter.RawDefaultValue switch
        {
            null => "default",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString(),
        };
        return $"{many}{by}{TypeNames.Of(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}{preset}";
    }
}
