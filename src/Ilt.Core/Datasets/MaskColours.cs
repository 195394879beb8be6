using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>What a colour of a colour-coded mask means.</summary>
/// <param name="Colour">0xRRGGBB.</param>
/// <param name="Class">The class, from 0; 255 where the colour means "no label".</param>
/// <param name="Name">The name of the class.</param>
public sealed record MaskColour(int Colour, byte Class, string Name);

/// <summary>The colours in which well-known data sets draw their masks.</summary>
public static class MaskColours
{
    /// <summary>Pascal VOC (Everingham and others, 2010): background and 20 classes; the light border is no label.</summary>
    public static IReadOnlyList<MaskColour> Voc { get; } =
    [
        .. "background aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person pottedplant sheep sofa train tvmonitor"
            .Split(' ').Select((name, index) => new MaskColour(VocColour(index), (byte)index, name)),
        new MaskColour(0xE0E0C0, MaskEncoding.Ignored, "border"),
    ];

    /// <summary>CamVid (Brostow and others, 2009): 31 classes, and two of drawings of its coarse form; black is no label.</summary>
    public static IReadOnlyList<MaskColour> CamVid { get; } = Listed(
        (0x408040, "Animal"), (0xC00080, "Archway"), (0x0080C0, "Bicyclist"), (0x008040, "Bridge"), (0x800000, "Building"), (0x400080, "Car"),
        (0x4000C0, "CartLuggagePram"), (0xC08040, "Child"), (0xC0C080, "Column_Pole"), (0x404080, "Fence"), (0x8000C0, "LaneMkgsDriv"),
        (0xC00040, "LaneMkgsNonDriv"), (0x808040, "Misc_Text"), (0xC000C0, "MotorcycleScooter"), (0x804040, "OtherMoving"), (0x40C080, "ParkingBlock"),
        (0x404000, "Pedestrian"), (0x804080, "Road"), (0x8080C0, "RoadShoulder"), (0x0000C0, "Sidewalk"), (0xC08080, "SignSymbol"), (0x808080, "Sky"),
        (0x4080C0, "SUVPickupTruck"), (0x000040, "TrafficCone"), (0x004040, "TrafficLight"), (0xC04080, "Train"), (0x808000, "Tree"),
        (0xC080C0, "Truck_Bus"), (0x400040, "Tunnel"), (0xC0C000, "VegetationMisc"), (0x40C000, "Wall"), (0x3C28DE, "Pavement"), (0xFF4500, "RoadMarking"), (0x000000, ""));

    /// <summary>Cityscapes (Cordts and others, 2016): the 19 classes that are evaluated; every other colour of its *_color.png is no label.</summary>
    public static IReadOnlyList<MaskColour> Cityscapes { get; } = Listed(
        [
            .. new[]
            {
                0x804080, 0xF423E8, 0x464646, 0x66669C, 0xBE9999, 0x999999, 0xFAAA1E, 0xDCDC00, 0x6B8E23, 0x98FB98, 0x4682B4, 0xDC143C, 0xFF0000,
                0x00008E, 0x000046, 0x003C64, 0x005064, 0x0000E6, 0x770B20,
            }.Zip(CityscapesClasses.Names19),
            .. new[] { 0x000000, 0x141414, 0x6F4A00, 0x510051, 0xFAAAA0, 0xE6968C, 0xB4A5B4, 0x966464, 0x96785A, 0x00005A, 0x00006E }.Select(colour => (colour, "")),
        ]);

    // Three bits of the index in turn for red, green and blue, the lowest into the highest bit of a colour.
    private static int VocColour(int index)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var bit = 7; index > 0; bit--, index >>= 3)
            (red, green, blue) = (red | (index & 1) << bit, green | (index >> 1 & 1) << bit, blue | (index >> 2 & 1) << bit);
        return red << 16 | green << 8 | blue;
    }

    private static MaskColour[] Listed(params (int Colour, string Name)[] colours)
        => [.. colours.Select((entry, index) => new MaskColour(entry.Colour, entry.Name.Length == 0 ? MaskEncoding.Ignored : (byte)index, entry.Name))];
}
