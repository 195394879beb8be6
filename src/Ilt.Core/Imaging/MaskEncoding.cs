namespace Ilt.Imaging;

/// <summary>How the numbers of a mask file become class ids 0 .. ClassCount - 1, with 255 for "no label". Immutable.</summary>
public sealed record MaskEncoding
{
    /// <summary>The id that stands for "no label" in every mask in memory.</summary>
    public const byte Ignored = 255;

    /// <summary>The raw id that means "no label" in the file; it becomes 255. Default 255; -1 in .npy files is "no label" as well. -1 .. 65535.</summary>
    public int IgnoreValue { get; init; } = Ignored;

    /// <summary>
    /// The class id of each raw id 0 .. 255, with 255 for "no label", such as <see cref="Ilt.Datasets.CityscapesClasses.To19"/>;
    /// default null: raw ids are class ids. 256 entries.
    /// </summary>
    public IReadOnlyList<byte>? ClassMap { get; init; }

    /// <summary>Number of classes; ids at or above it are refused with row and column. Default null: any id is accepted. 1 .. 255.</summary>
    public int? ClassCount { get; init; }

    /// <summary>
    /// The file numbers the objects rather than the classes (then it may have 16 bits): every id above 0 becomes class 1. Default false.
    /// Excludes <see cref="ClassMap"/>.
    /// </summary>
    public bool InstanceIds { get; init; }

    /// <summary>
    /// The class of each colour 0xRRGGBB, with 255 for "no label": the file's colours count, not its numbers; gray v is the colour (v, v, v), and a
    /// palette index that of its palette. A colour that is not listed is refused with row and column. Default null: numbers count. Excludes
    /// <see cref="ClassMap"/> and <see cref="InstanceIds"/>.
    /// </summary>
    public IReadOnlyDictionary<int, byte>? Colours { get; init; }

    /// <summary>0 is class 0, the background, and any other number class 1.</summary>
    public static MaskEncoding Binary { get; } = new() { ClassMap = [0, .. Enumerable.Repeat((byte)1, 255)], ClassCount = 2, IgnoreValue = -1 };

    /// <summary>The class map of masks of 0 and 255 whose edges are blurred: numbers below 128 are background, others foreground.</summary>
    internal static IReadOnlyList<byte> Halves { get; } = [.. Enumerable.Repeat((byte)0, 128), .. Enumerable.Repeat((byte)1, 128)];

    internal bool IsBinary => ClassMap is not null && (ClassMap.SequenceEqual(Binary.ClassMap!) || ClassMap.SequenceEqual(Halves));

    /// <summary>Raw ids as they are, 255 ignored.</summary>
    public static MaskEncoding Plain { get; } = new();

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (IgnoreValue is < -1 or > ushort.MaxValue)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MaskEncoding)}.{nameof(IgnoreValue)} must be -1 .. 65535; found {IgnoreValue}."));
        if (ClassMap is { Count: not 256 })
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MaskEncoding)}.{nameof(ClassMap)} must have 256 entries, one per raw id; found {ClassMap.Count}."));
        if (ClassCount is < 1 or > 255)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MaskEncoding)}.{nameof(ClassCount)} must be 1 .. 255; found {ClassCount}."));
        if (InstanceIds && ClassMap is not null)
            throw new ArgumentException($"{nameof(MaskEncoding)}.{nameof(InstanceIds)} and {nameof(ClassMap)} exclude each other; set one of them.");
        if (Colours is not null && (InstanceIds || ClassMap is not null))
            throw new ArgumentException($"{nameof(MaskEncoding)}.{nameof(Colours)} excludes {nameof(ClassMap)} and {nameof(InstanceIds)}; set one of them.");
    }
}
