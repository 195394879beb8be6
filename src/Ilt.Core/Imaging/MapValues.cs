namespace Ilt.Imaging;

/// <summary>Raw numbers of a map file to values, by a <see cref="MapEncoding"/>.</summary>
internal static class MapValues
{
    public static float[] From(ReadOnlySpan<byte> raw, MapEncoding encoding)
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++) table[i] = Value(i, encoding);
        var values = new float[raw.Length];
        for (var i = 0; i < raw.Length; i++) values[i] = table[raw[i]];
        return values;
    }

    public static float[] From(ReadOnlySpan<ushort> raw, MapEncoding encoding)
    {
        var values = new float[raw.Length];
        for (var i = 0; i < raw.Length; i++) values[i] = Value(raw[i], encoding);
        return values;
    }

    /// <exception cref="ImageFormatException">A number is infinite or, where the encoding does not allow it, NaN; the message names the pixel.</exception>
    public static float[] From(ReadOnlySpan<double> raw, int width, MapEncoding encoding, string name)
    {
        var values = new float[raw.Length];
        for (var i = 0; i < raw.Length; i++)
        {
            var number = raw[i];
            if (double.IsNaN(number) && encoding.NanIsInvalid)
            {
                values[i] = float.NaN;
                continue;
            }
            values[i] = Value(number, encoding);
            if (float.IsFinite(values[i]) || number == encoding.Invalid) continue;
            var advice = double.IsNaN(number) ? $"; if NaN means that the pixel has no value, say so ({nameof(MapEncoding)}.{nameof(MapEncoding.NanIsInvalid)})" : "";
            throw new ImageFormatException(name, FormattableString.Invariant(
                $"the value at row {i / width}, column {i % width} (from 0) is {number}; expected a finite number{advice}."));
        }
        return values;
    }

    private static float Value(double raw, MapEncoding encoding) => raw == encoding.Invalid ? float.NaN : (float)(raw * encoding.Scale + encoding.Offset);
}
