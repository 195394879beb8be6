using System.IO.Compression;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Saves and loads models, and makes engines that predict one row at a time.</summary>
public sealed class ModelOperationsCatalog
{
    private const string ModelFolder = "TransformerChain";
    private const string SchemaEntry = "Schema";

    internal ModelOperationsCatalog()
    {
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Check.NotNull(model, nameof(model));
        Check.NotNull(stream, nameof(stream));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        ModelSaveContext.SaveNode(archive, ModelFolder, model);
        if (inputSchema is null)
            return;
        using var writer = new BinaryWriter(archive.CreateEntry(SchemaEntry, CompressionLevel.Fastest).Open(), Encoding.UTF8);
        SchemaFile.Write(writer, inputSchema);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Check.NotEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Check.NotNull(stream, nameof(stream));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        inputSchema = null;
        if (archive.GetEntry(SchemaEntry) is { } entry)
        {
            using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
            inputSchema = SchemaFile.Read(reader);
        }
        return ModelLoaders.Load(archive, ModelFolder);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new()
    {
        Check.NotNull(transformer, nameof(transformer));
        Check.NotNull(options, nameof(options));
        return new PredictionEngine<TSrc, TDst>(transformer, options);
    }
}
