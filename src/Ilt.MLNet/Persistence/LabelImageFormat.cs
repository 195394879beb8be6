using Ilt.Imaging;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>A step that loads label images, in a file. Version 2 (1 had no colours); any change of the layout raises the version.</summary>
internal static class LabelImageFormat
{
    private const int Version = 2, FirstVersion = 1;

    public static StateBuffer Write(LabelImageSource source)
    {
        var state = new StateBuffer();
        using var writer = new BinaryWriter(state);
        writer.Write(Version);
        writer.Write(source.OutputColumnName);
        writer.Write(source.InputColumnName);
        writer.WriteOptional(source.Folder, writer.Write);
        writer.Write(source.Size.Height);
        writer.Write(source.Size.Width);
        writer.Write(source.Resizing is { } kind ? (int)kind : -1);
        writer.Write((byte)source.CropAnchor);
        writer.WriteOptional(source.Mask, mask =>
        {
            writer.Write(mask.IgnoreValue);
            writer.WriteOptional(mask.ClassMap, map => writer.WriteList(map, writer.Write));
            writer.Write(mask.ClassCount ?? 0);
            writer.Write(mask.InstanceIds);
            writer.WriteOptional(mask.Colours, colours => writer.WriteList([.. colours.OrderBy(entry => entry.Key)], entry =>
            {
                writer.Write(entry.Key);
                writer.Write(entry.Value);
            }));
        });
        writer.WriteOptional(source.Map, map =>
        {
            writer.Write(map.Scale);
            writer.Write(map.Offset);
            writer.WriteOptional(map.Invalid);
            writer.Write(map.NanIsInvalid);
        });
        writer.Flush();
        return state;
    }

    /// <exception cref="FormatException">The bytes are broken, or of a newer version.</exception>
    public static LabelImageSource Read(Stream state)
    {
        using var reader = new BinaryReader(state);
        try
        {
            var version = reader.ReadInt32();
            if (version is < FirstVersion or > Version)
                throw new FormatException($"The model file's label images have format version {version}; this version of Ilt.MLNet reads version {Version}. Update Ilt.MLNet, or train the model again.");
            var source = new LabelImageSource
            {
                OutputColumnName = reader.ReadString(),
                InputColumnName = reader.ReadString(),
                Folder = reader.ReadOptional(reader.ReadString),
                Size = new ImageSize(reader.ReadInt32(), reader.ReadInt32()),
                Resizing = reader.ReadInt32() is var kind and >= 0 ? (ImageResizingEstimator.ResizingKind)kind : null,
                CropAnchor = (ImageResizingEstimator.Anchor)reader.ReadByte(),
                Mask = reader.ReadOptional(() => new MaskEncoding
                {
                    IgnoreValue = reader.ReadInt32(),
                    ClassMap = reader.ReadOptional(() => reader.ReadList(reader.ReadByte)),
                    ClassCount = reader.ReadInt32() is var count and > 0 ? count : null,
                    InstanceIds = reader.ReadBoolean(),
                    Colours = version == FirstVersion ? null : reader.ReadOptional(() => new Dictionary<int, byte>(
                        reader.ReadList(() => new KeyValuePair<int, byte>(reader.ReadInt32(), reader.ReadByte())))),
                }),
                Map = reader.ReadOptional(() => new MapEncoding
                {
                    Scale = reader.ReadDouble(),
                    Offset = reader.ReadDouble(),
                    Invalid = reader.ReadOptionalDouble(),
                    NanIsInvalid = reader.ReadBoolean(),
                }),
            };
            source.Validate();
            return source;
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw new FormatException($"The model file is broken: {e.Message} Save the model again.", e);
        }
    }
}
