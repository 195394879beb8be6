namespace Ilt.MLNet;

/// <summary>A step that loads pictures, in a file. Version 1; any change of the layout raises the version.</summary>
internal static class PictureSourceFormat
{
    private const int Version = 1;

    public static StateBuffer Write(PictureSource source)
    {
        var state = new StateBuffer();
        using var writer = new BinaryWriter(state);
        writer.Write(Version);
        writer.Write(source.OutputColumnName);
        writer.Write(source.InputColumnName);
        writer.WriteOptional(source.Folder, writer.Write);
        writer.Flush();
        return state;
    }

    /// <exception cref="FormatException">The bytes are broken, or of a newer version.</exception>
    public static PictureSource Read(Stream state)
    {
        using var reader = new BinaryReader(state);
        try
        {
            var version = reader.ReadInt32();
            if (version != Version)
                throw new FormatException($"The model file's pictures have format version {version}; this version of Ilt.MLNet reads version {Version}. Update Ilt.MLNet, or train the model again.");
            var source = new PictureSource(reader.ReadString(), reader.ReadString(), reader.ReadOptional(reader.ReadString));
            source.Validate();
            return source;
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw new FormatException($"The model file is broken: {e.Message} Save the model again.", e);
        }
    }
}
