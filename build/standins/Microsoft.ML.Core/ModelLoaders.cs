using System.Collections.Concurrent;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Microsoft.ML;

/// <summary>The loaders by signature; <see cref="ModelSaveContext"/> says how they are used.</summary>
internal static class ModelLoaders
{
    private static readonly ConcurrentDictionary<string, Func<ModelLoadNode, ITransformer>> _loaders = new(StringComparer.Ordinal);

    public static void Register(string signature, Func<ModelLoadNode, ITransformer> loader) => _loaders[signature] = loader;

    public static ITransformer Load(ZipArchive archive, string folder)
    {
        var entry = archive.GetEntry($"{folder}/{ModelSaveContext.EntryName}") ?? throw new FormatException($"Repository doesn't contain entry {folder}/{ModelSaveContext.EntryName}");
        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        string magic, signature, assembly;
        try
        {
            magic = reader.ReadString();
            Check.Decode(magic == ModelSaveContext.Magic, $"Couldn't load model: '{folder}'");
            signature = reader.ReadString();
            assembly = reader.ReadString();
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException($"Couldn't load model: '{folder}'", e);
        }
        RunRegistrations(assembly);
        Check.Decode(_loaders.TryGetValue(signature, out var loader), $"Couldn't load model: '{folder}'");
        try
        {
            return loader(new ModelLoadNode(archive, folder, reader));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException("Error during class instantiation", e);
        }
    }

    private static void RunRegistrations(string assemblyName)
    {
        // In a new process nobody may have touched the assembly that holds the loader.
        if (!assemblyName.StartsWith("Microsoft.ML.", StringComparison.Ordinal))
            return;
        try
        {
            RuntimeHelpers.RunModuleConstructor(Assembly.Load(assemblyName).ManifestModule.ModuleHandle);
        }
        catch (FileNotFoundException)
        {
            // The signature is then unknown, and that is what gets reported.
        }
    }
}

/// <summary>One node of a model that is being loaded.</summary>
internal sealed class ModelLoadNode(ZipArchive archive, string folder, BinaryReader reader)
{
    public BinaryReader Reader { get; } = reader;

    public ITransformer LoadNode(string name) => ModelLoaders.Load(archive, $"{folder}/{name}");
}
