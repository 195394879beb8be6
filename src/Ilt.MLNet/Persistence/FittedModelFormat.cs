using System.Security.Cryptography;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>
/// The bytes of a fitted model, little-endian: magic, version, schema, network, instances, history, the rest, SHA-256 of all before.
/// Version 7 (1 had neither images nor label images, 2 no derived tasks, 3 neither waiting times nor a default task, 4 a fixed set of metrics, and times, 5 no audit, 6 no overlap of classes). Any change of the layout raises the version.
/// </summary>
internal static class FittedModelFormat
{
    public const int Version = 7;

    private static ReadOnlySpan<byte> Magic => "IltMLNet"u8;

    public static StateBuffer Write(FittedModel fitted)
    {
        var state = new StateBuffer();
        using var writer = new BinaryWriter(state);
        writer.Write(Magic);
        writer.Write(Version);
        SchemaFormat.Write(writer, fitted.Schema);
        fitted.Model.Save(writer);
        InstanceFormat.Write(writer, fitted.Instances, fitted.Schema.Tasks);
        writer.WriteList(fitted.History, report => ReportFormat.Write(writer, report));
        writer.WriteList(fitted.ValidationMetrics, metrics => ReportFormat.Write(writer, metrics));
        writer.WriteList(fitted.Warnings, writer.Write);
        writer.Write(fitted.IsComplete);
        writer.Write(fitted.SkippedRows);
        writer.Flush();
        state.Write(state.Sha256());
        return state;
    }

    /// <exception cref="FormatException">The bytes are broken, of another version, or need a network or a computation of the user's.</exception>
    public static FittedModel Read(Stream state, CustomNetworkDefinition? customNetwork = null, IReadOnlyList<TaskDerivation>? derivations = null)
    {
        using var reader = new BinaryReader(state);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw Broken("it does not begin as an Ilt.MLNet model does");
            var version = reader.ReadInt32();
            if (version != Version)
                throw new FormatException($"The model file has format version {version}; this version of Ilt.MLNet reads version {Version}. {(version > Version ? "Update Ilt.MLNet" : "Train the model again")}.");
            CheckHash(state);
            var schema = SchemaFormat.Read(reader);
            var model = MultiTaskModel.Load(reader, customNetwork, derivations);
            try
            {
                return new FittedModel
                {
                    Schema = schema with { Tasks = [.. schema.Tasks.Zip(model.Tasks, (task, saved) => task.Binding.Restore(task, saved))] },
                    Model = model,
                    Instances = InstanceFormat.Read(reader, schema.Tasks),
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
        catch (Exception e) when (e is IOException or ArgumentException or OverflowException or OutOfMemoryException)
        {
            throw Broken(e.Message, e);
        }
    }

    // Before anything is made of the bytes: a network that a broken file describes could be of any size.
    private static void CheckHash(Stream state)
    {
        var start = state.Position;
        var left = state.Length - SHA256.HashSizeInBytes;
        if (left < start) throw new EndOfStreamException("it ends too early");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[1 << 16];
        for (state.Position = 0; left > 0;)
        {
            var count = (int)Math.Min(left, part.Length);
            state.ReadExactly(part, 0, count);
            hash.AppendData(part, 0, count);
            left -= count;
        }
        var saved = new byte[SHA256.HashSizeInBytes];
        state.ReadExactly(saved);
        if (!saved.AsSpan().SequenceEqual(hash.GetHashAndReset())) throw Broken("its content has changed since it was written");
        state.Position = start;
    }

    private static FormatException Broken(string why, Exception? inner = null)
        => new($"The model file is broken: {why}. Save the model again.", inner);
}
