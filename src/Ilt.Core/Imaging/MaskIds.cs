namespace Ilt.Imaging;

/// <summary>Raw ids of a mask file to class ids, by a <see cref="MaskEncoding"/>, with errors that name the pixel.</summary>
internal static class MaskIds
{
    // In the tables below: not a class id (which is at most 254) and not 255, "no label".
    private const short OutOfRange = -1;

    /// <summary>Translates in place: the returned array is <paramref name="ids"/>.</summary>
    public static byte[] FromBytes(byte[] ids, int width, MaskEncoding encoding, string name)
    {
        var table = new short[256];
        var identity = true;
        for (var id = 0; id < 256; id++)
        {
            table[id] = ClassOf(id, encoding);
            identity &= table[id] == id;
        }
        if (identity) return ids;
        for (var i = 0; i < ids.Length; i++)
        {
            var value = table[ids[i]];
            if (value == OutOfRange) throw Error(ids[i], i, width, encoding, name);
            ids[i] = (byte)value;
        }
        return ids;
    }

    /// <summary>Translates whole numbers of any size; -1 is "no label" as well.</summary>
    public static byte[] FromNumbers(ReadOnlySpan<long> ids, int width, MaskEncoding encoding, string name)
    {
        var result = new byte[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            var value = ids[i] == -1 ? MaskEncoding.Ignored : ClassOf(ids[i], encoding);
            if (value == OutOfRange) throw Error(ids[i], i, width, encoding, name);
            result[i] = (byte)value;
        }
        return result;
    }

    /// <summary>Translates colours 0xRRGGBB by <see cref="MaskEncoding.Colours"/>.</summary>
    public static byte[] FromColours(ReadOnlySpan<int> colours, int width, MaskEncoding encoding, string name)
    {
        var classes = encoding.Colours!;
        var result = new byte[colours.Length];
        var (last, value) = (-2, (byte)0); // neighbours are mostly alike
        for (var i = 0; i < colours.Length; i++)
        {
            if (colours[i] != last)
            {
                last = colours[i];
                if (!classes.TryGetValue(last, out value) || (value >= (encoding.ClassCount ?? 255) && value != MaskEncoding.Ignored))
                    throw new ImageFormatException(name, FormattableString.Invariant(
                        $"the colour #{last & 0xFFFFFF:x6} at row {i / width}, column {i % width} (from 0) is none of the {classes.Count} colours that have a class; list it, without a class where it means no label, or mend the pixel."));
            }
            result[i] = value;
        }
        return result;
    }

    private static short ClassOf(long id, MaskEncoding encoding)
    {
        // The ignore value's default is an ordinary number among instance ids.
        if (id == encoding.IgnoreValue && !(encoding.InstanceIds && id == MaskEncoding.Ignored)) return MaskEncoding.Ignored;
        if (encoding.InstanceIds) return id < 0 ? OutOfRange : (short)(id > 0 ? 1 : 0);
        if (id is < 0 or > 255) return OutOfRange;
        if (encoding.ClassMap is { } map)
        {
            if (map[(int)id] == MaskEncoding.Ignored) return MaskEncoding.Ignored;
            id = map[(int)id];
        }
        return id < (encoding.ClassCount ?? 255) ? (short)id : OutOfRange;
    }

    private static ImageFormatException Error(long id, int index, int width, MaskEncoding encoding, string name)
    {
        var mapped = encoding.ClassMap is { } map && id is >= 0 and <= 255
            ? FormattableString.Invariant($" (which the class map turns into {map[(int)id]})")
            : "";
        return new ImageFormatException(name, FormattableString.Invariant(
            $"class id {id}{mapped} at row {index / width}, column {index % width} (from 0); expected 0 .. {(encoding.ClassCount ?? 255) - 1} or the ignore value {encoding.IgnoreValue}."));
    }
}
