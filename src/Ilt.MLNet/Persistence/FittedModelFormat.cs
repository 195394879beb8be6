using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>
/// The bytes of a fitted model, little-endian: magic, version, schema, network, instances, history, the rest. Version 1.
/// Any change of the layout raises the version.
/// </summary>
internal static class FittedModelFormat
{
    public const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "IltMLNet"u8;

    public static byte[] Write(FittedModel fitted)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        SchemaFormat.Write(writer, fitted.Schema);
        fitted.Model.Save(writer);
        InstanceFormat.Write(writer, fitted.Instances);
        writer.WriteList(fitted.History, report => ReportFormat.Write(writer, report));
        writer.WriteList(fitted.ValidationMetrics, metrics => ReportFormat.Write(writer, metrics));
        writer.WriteList(fitted.Warnings, writer.Write);
        writer.Write(fitted.IsComplete);
        writer.Write(fitted.SkippedRows);
        writer.Write(Magic);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are broken, or of a newer version.</exception>
    public static FittedModel Read(byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        try
        {
            RequireMagic(reader);
            var version = reader.ReadInt32();
            if (version != Version)
                throw new FormatException($"The model file has format version {version}; this version of Ilt.MLNet reads version {Version}. Update Ilt.MLNet, or train the model again.");
            var schema = SchemaFormat.Read(reader);
            var model = MultiTaskModel.Load(reader);
            try
            {
                var fitted = new FittedModel
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
                RequireMagic(reader);
                return fitted;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or DuplicateIdException)
        {
            throw new FormatException("The model file is broken; save the model again. Found: " + e.Message, e);
        }
    }

    private static void RequireMagic(BinaryReader reader)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw new FormatException("The model file does not hold what an Ilt.MLNet model must; it is broken. Save the model again.");
    }
}
