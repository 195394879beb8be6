using System.Security.Cryptography;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>
/// The bytes of a fitted model, little-endian: magic, version, SHA-256 of what follows, schema, network, instances, history, the rest.
/// Version 4 (1 had neither images nor label images, 2 no derived tasks, 3 no default task). Any change of the layout raises the version.
/// </summary>
internal static class FittedModelFormat
{
    public const int Version = 4;

    private const int HeaderLength = 8 + sizeof(int) + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "IltMLNet"u8;

    public static byte[] Write(FittedModel fitted)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(new byte[SHA256.HashSizeInBytes]); // filled in below
        SchemaFormat.Write(writer, fitted.Schema);
        fitted.Model.Save(writer);
        InstanceFormat.Write(writer, fitted.Instances);
        writer.WriteList(fitted.History, report => ReportFormat.Write(writer, report));
        writer.WriteList(fitted.ValidationMetrics, metrics => ReportFormat.Write(writer, metrics));
        writer.WriteList(fitted.Warnings, writer.Write);
        writer.Write(fitted.IsComplete);
        writer.Write(fitted.SkippedRows);
        writer.Flush();
        var state = stream.ToArray();
        SHA256.HashData(state.AsSpan(HeaderLength), state.AsSpan(HeaderLength - SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
        return state;
    }

    /// <exception cref="FormatException">The bytes are broken, of another version, or need a network or a computation of the user's.</exception>
    public static FittedModel Read(byte[] state, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw Broken("it does not begin as an Ilt.MLNet model does");
            var version = reader.ReadInt32();
            if (version != Version)
                throw new FormatException($"The model file has format version {version}; this version of Ilt.MLNet reads version {Version}. Update Ilt.MLNet, or train the model again.");
            var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (!hash.AsSpan().SequenceEqual(SHA256.HashData(state.AsSpan(Math.Min(HeaderLength, state.Length))))) throw Broken("its content has changed since it was written");
            var schema = SchemaFormat.Read(reader);
            var model = MultiTaskModel.Load(reader, customNetwork, derivations);
            try
            {
                return new FittedModel
                {
                    Schema = schema,
                    Model = model,
                    Instances = InstanceFormat.Read(reader),
                    History = reader.ReadList(() => ReportFormat.ReadEpoch(reader)),
                    ValidationMetrics = reader.ReadList(() => ReportFormat.ReadMetrics(reader)),
                    Warnings = reader.ReadList(reader.ReadString),
                    IsComplete = reader.ReadBoolean(),
                    SkippedRows = reader.ReadInt64(),
                };
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw Broken(e.Message, e);
        }
    }

    private static FormatException Broken(string why, Exception? inner = null)
        => new($"The model file is broken: {why}. Save the model again.", inner);
}
