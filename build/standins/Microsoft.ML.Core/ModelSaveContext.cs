using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>
/// Writes one node of a saved model: the folder FOLDER of the zip, whose entry `Model.key` is a header and the node's own bytes.
/// How a transformer is saved:
/// <code>
/// void ICanSaveModel.Save(ModelSaveContext ctx)
/// {
///     var writer = ctx.Begin("MySignature", this);   // once; at most 24 characters; the type's assembly is noted for loading
///     writer.Write(...);                             // own bytes
///     ctx.SaveNode("Child_000", child);              // optional sub-nodes, each a folder of its own
/// }
/// </code>
/// and loaded, by a loader that the same assembly registers in a module initialiser:
/// <code>
/// [ModuleInitializer] internal static void Register() =>
///     ModelLoaders.Register("MySignature", node => new My(node.Reader.ReadInt32(), node.LoadNode("Child_000")));
/// </code>
/// The reader and writer are UTF-8 and little-endian; no lengths are checked, so a loader reads exactly what was written.
/// </summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string EntryName = "Model.key";
    internal const string Magic = "ILT-STANDIN-MODEL";

    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly MemoryStream _content = new();
    private BinaryWriter _writer;

    private ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
    }

    public void Dispose() => _content.Dispose();

    internal static void SaveNode(ZipArchive archive, string folder, ICanSaveModel model)
    {
        using var ctx = new ModelSaveContext(archive, folder);
        model.Save(ctx);
        ctx.Done();
    }

    internal BinaryWriter Begin(string signature, ICanSaveModel owner)
    {
        Check.NotEmpty(signature, nameof(signature));
        Check.Param(signature.Length <= 24, nameof(signature), "A loader signature has at most 24 characters");
        Check.That(_writer is null, $"The model '{_folder}' is being written twice");
        _writer = new BinaryWriter(_content, Encoding.UTF8, leaveOpen: true);
        _writer.Write(Magic);
        _writer.Write(signature);
        _writer.Write(owner.GetType().Assembly.GetName().Name);
        return _writer;
    }

    internal void SaveNode(string name, ICanSaveModel child) => SaveNode(_archive, $"{_folder}/{name}", child);

    private void Done()
    {
        Check.That(_writer is not null, "ModelSignature not specified!");
        _writer.Flush();
        using var entry = _archive.CreateEntry($"{_folder}/{EntryName}", CompressionLevel.Fastest).Open();
        _content.WriteTo(entry);
    }
}
