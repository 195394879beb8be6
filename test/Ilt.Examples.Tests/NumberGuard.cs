using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Ilt.Examples.Tests;

/// <summary>
/// Finds, in compiled code, numbers that reach TorchSharp in a wrapper that nothing keeps, so that another thread's garbage collection frees it
/// while native code reads it. Which members of TorchSharp make such wrappers is read from TorchSharp's own code: those that make one, those that
/// call these, and the constructors of types (layers, optimisers) whose overrides do.
/// </summary>
/// <remarks>
/// A wrapper is kept where it goes straight into a static field, or into a local that the same method disposes (a <c>using</c>). Making one by
/// conversion elsewhere, and any call of such a member, is a finding. Overloads are told apart by the names of their parameters' types.
/// </remarks>
internal sealed class NumberGuard
{
    private const string Wrapper = "TorchSharp.Scalar";
    private readonly HashSet<string> makers = [];
    private readonly HashSet<string> conversions = [];

    public NumberGuard(string torchSharp)
    {
        using var code = new CompiledCode(torchSharp);
        var methods = code.Methods().ToList();
        foreach (var method in methods)
            if (method.Key.StartsWith(Wrapper + "::.ctor(", StringComparison.Ordinal)) makers.Add(method.Key);
            else if (method.Key.StartsWith(Wrapper + "::op_Implicit(", StringComparison.Ordinal) || method.Key.StartsWith("TorchSharp.ScalarExtensionMethods::ToScalar(", StringComparison.Ordinal)) conversions.Add(method.Key);
        for (var before = -1; before < makers.Count;)
        {
            before = makers.Count;
            foreach (var method in methods)
                if (method.Instructions.Any(i => i.Target is { } target && makers.Contains(target))) makers.Add(method.Key);
            foreach (var type in methods.Where(m => m.Overrides && makers.Contains(m.Key)).Select(m => m.Type).ToHashSet())
                if (type != Wrapper) makers.UnionWith(methods.Where(m => m.Type == type && m.Key.Contains("::.ctor(", StringComparison.Ordinal)).Select(m => m.Key));
        }
        makers.ExceptWith(conversions);
    }

    /// <summary>The findings in an assembly, as "assembly: method: member".</summary>
    public IEnumerable<string> Find(string assembly)
    {
        using var code = new CompiledCode(assembly);
        foreach (var method in code.Methods())
            for (var i = 0; i < method.Instructions.Count; i++)
            {
                if (method.Instructions[i].Target is not { } target) continue;
                if (makers.Contains(target) || (conversions.Contains(target) && !IsKept(method.Instructions, i)))
                    yield return $"{Path.GetFileName(assembly)}: {method.Key}: {target}";
            }
    }

    private static bool IsKept(IReadOnlyList<Instruction> instructions, int made)
    {
        if (made + 1 == instructions.Count) return false;
        var next = instructions[made + 1];
        if (next.Name == "stsfld") return true;
        return next.StoredLocal is { } local && instructions.Zip(instructions.Skip(1))
            .Any(pair => pair.First.LoadedLocal == local && pair.Second.Target is { } target && target.EndsWith("::Dispose()", StringComparison.Ordinal));
    }

    internal sealed record Instruction(string Name, string? Target, int? StoredLocal, int? LoadedLocal);

    internal sealed record Method(string Type, string Key, bool Overrides, IReadOnlyList<Instruction> Instructions);

    /// <summary>The methods of an assembly with their instructions.</summary>
    private sealed class CompiledCode : IDisposable
    {
        private static readonly OpCode[] Short = new OpCode[256], Long = new OpCode[256];
        private readonly PEReader file;
        private readonly MetadataReader names;
        private readonly TypeNames types = new();

        static CompiledCode()
        {
            foreach (var field in typeof(OpCodes).GetFields())
            {
                var code = (OpCode)field.GetValue(null)!;
                (code.Size == 1 ? Short : Long)[code.Value & 255] = code;
            }
        }

        public CompiledCode(string path)
        {
            file = new PEReader(File.OpenRead(path));
            names = file.GetMetadataReader();
        }

        public IEnumerable<Method> Methods()
        {
            foreach (var handle in names.MethodDefinitions)
            {
                var method = names.GetMethodDefinition(handle);
                if (method.RelativeVirtualAddress == 0) continue;
                var overrides = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.NewSlot)) == MethodAttributes.Virtual;
                yield return new Method(TypeNames.Of(names, method.GetDeclaringType()), Key(handle)!, overrides, [.. Instructions(method)]);
            }
        }

        private IEnumerable<Instruction> Instructions(MethodDefinition method)
        {
            var bytes = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            for (var at = 0; at < bytes.Length;)
            {
                var code = bytes[at++] is var first && first == 0xFE ? Long[bytes[at++]] : Short[first];
                var (operand, name) = (at, code.Name!);
                at += Size(code.OperandType, bytes, at);
                var target = code.OperandType is OperandType.InlineMethod or OperandType.InlineTok ? Key(MetadataTokens.EntityHandle(BitConverter.ToInt32(bytes, operand))) : null;
                yield return new Instruction(name, target, Local(name, "stloc", bytes, operand), Local(name, "ldloc", bytes, operand));
            }
        }

        private static int? Local(string name, string kind, byte[] bytes, int operand) =>
            !name.StartsWith(kind, StringComparison.Ordinal) || name.StartsWith("ldloca", StringComparison.Ordinal) ? null
            : name.EndsWith(".s", StringComparison.Ordinal) ? bytes[operand]
            : name == kind ? BitConverter.ToUInt16(bytes, operand) : name[^1] - '0';

        private static int Size(OperandType type, byte[] bytes, int at) => type switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, at)),
            _ => 4,
        };

        private string? Key(EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.MethodSpecification:
                    return Key(names.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
                case HandleKind.MethodDefinition:
                    var method = names.GetMethodDefinition((MethodDefinitionHandle)handle);
                    return Key(TypeNames.Of(names, method.GetDeclaringType()), names.GetString(method.Name), method.DecodeSignature(types, null));
                case HandleKind.MemberReference when names.GetMemberReference((MemberReferenceHandle)handle) is var member && member.GetKind() == MemberReferenceKind.Method:
                    return member.Parent.Kind switch
                    {
                        HandleKind.TypeReference => Key(TypeNames.Of(names, (TypeReferenceHandle)member.Parent), names.GetString(member.Name), member.DecodeMethodSignature(types, null)),
                        HandleKind.TypeSpecification => Key(Open(names.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(types, null)), names.GetString(member.Name), member.DecodeMethodSignature(types, null)),
                        _ => null,
                    };
                default:
                    return null;
            }
        }

        private static string Key(string type, string name, MethodSignature<string> signature) => $"{type}::{name}({string.Join(", ", signature.ParameterTypes)})";

        private static string Open(string type) => type.IndexOf('<') is var at and >= 0 ? type[..at] : type;

        public void Dispose() => file.Dispose();
    }

    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static string Of(MetadataReader names, TypeDefinitionHandle handle)
        {
            var type = names.GetTypeDefinition(handle);
            var outer = type.GetDeclaringType();
            return (outer.IsNil ? Space(names.GetString(type.Namespace)) : Of(names, outer) + "+") + names.GetString(type.Name);
        }

        public static string Of(MetadataReader names, TypeReferenceHandle handle)
        {
            var type = names.GetTypeReference(handle);
            return (type.ResolutionScope.Kind == HandleKind.TypeReference ? Of(names, (TypeReferenceHandle)type.ResolutionScope) + "+" : Space(names.GetString(type.Namespace))) + names.GetString(type.Name);
        }

        private static string Space(string name) => name.Length == 0 ? "" : name + ".";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);
        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
        public string GetSZArrayType(string elementType) => elementType + "[]";
        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";
        public string GetByReferenceType(string elementType) => elementType + "&";
        public string GetPointerType(string elementType) => elementType + "*";
        public string GetPinnedType(string elementType) => elementType;
        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";
        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";
        public string GetGenericMethodParameter(object? genericContext, int index) => "!!" + index;
        public string GetGenericTypeParameter(object? genericContext, int index) => "!" + index;
    }
}
