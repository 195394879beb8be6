namespace Ilt.Cli.Tables;

/// <summary>What the cells of a column say of whether a sign before three digits, as in 1.406, stands between thousands or before decimals.</summary>
internal struct ThousandsCount
{
    private const int FewestSigned = 10;
    private const int FewestWhole = 2;
    private const int Digits = 3;

    /// <summary>Nothing is counted yet.</summary>
    public ThousandsCount()
    {
    }

    /// <summary>The first row with a cell that would be written otherwise between thousands: 0.406, 1.44, 1406; <see cref="int.MaxValue"/>: none.</summary>
    public int FirstOther { get; private set; } = int.MaxValue;

    /// <summary>The first row with a sign before three digits; <see cref="int.MaxValue"/>: none.</summary>
    public int FirstSigned { get; private set; } = int.MaxValue;

    /// <summary>How many cells have the sign, before the first other one.</summary>
    public int Signed { get; private set; }

    /// <summary>How many are whole, not zero and below 1000, before the first other one.</summary>
    public int Whole { get; private set; }

    /// <summary>Whether some cell ends in a zero behind the sign.</summary>
    public bool EndsInZero { get; private set; }

    /// <summary>Whether the sign may stand between thousands in all cells that have it, and some have it.</summary>
    public readonly bool IsOpen => FirstOther == int.MaxValue && Signed > 0;

    /// <summary>
    /// Whether it stands between thousands: the larger numbers are exactly those with the sign. Decimals that keep a zero at their end would be kept in whole
    /// numbers too, so 1, 1.333 and 1.667 are none.
    /// </summary>
    public readonly bool AreThousands => IsOpen && Signed >= FewestSigned && Whole >= FewestWhole && EndsInZero;

    /// <summary>Counts a number, without blanks around.</summary>
    public void Add(int row, ReadOnlySpan<byte> number, byte sign)
    {
        if (FirstOther < row)
            return;
        var first = number.Length > 0 && number[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var place = number.Length - Digits - 1; // where the sign has to stand
        var hasSign = false;
        // Few bytes, and this is done for every cell of some columns: a loop is faster than searches.
        var isOther = number.Length - first is < 1 or > (2 * Digits) + 1;
        for (var i = first; i < number.Length && !isOther; i++)
        {
            if (number[i] - (uint)'0' <= 9)
                continue;
            hasSign = number[i] == sign && i == place && i > first;
            isOther = !hasSign;
        }

        if (isOther || (!hasSign && number.Length - first > Digits) || (number[first] == (byte)'0' && number.Length - first > 1))
        {
            FirstOther = row;
        }
        else if (!hasSign)
        {
            Whole += number[first] == (byte)'0' ? 0 : 1;
        }
        else
        {
            Signed++;
            FirstSigned = Math.Min(FirstSigned, row);
            EndsInZero |= number[^1] == (byte)'0';
        }
    }

    /// <summary>The same for a text.</summary>
    public void Add(int row, ReadOnlySpan<char> number, char sign)
    {
        if (FirstOther < row)
            return;
        // What is longer is written otherwise, whatever it is.
        Span<byte> bytes = stackalloc byte[(2 * Digits) + 3];
        var length = Math.Min(number.Length, bytes.Length);
        for (var i = 0; i < length; i++)
            bytes[i] = number[i] switch { '\u2212' => (byte)'-', < '\u0080' and var c => (byte)c, _ => (byte)'?' };
        Add(row, bytes[..length], (byte)sign);
    }

    /// <summary>Takes in what was counted of other rows.</summary>
    public void Merge(in ThousandsCount other)
    {
        (FirstOther, FirstSigned) = (Math.Min(FirstOther, other.FirstOther), Math.Min(FirstSigned, other.FirstSigned));
        (Signed, Whole, EndsInZero) = (Signed + other.Signed, Whole + other.Whole, EndsInZero || other.EndsInZero);
    }
}
