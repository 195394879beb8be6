using System.Runtime.CompilerServices;
using Ilt.Parameters;

namespace Ilt.Cli.Tables;

/// <summary>
/// The cells of a column that are plain numbers, read when the cells were found, so that nobody reads them again; and what a survey of the column asks of them.
/// Parts of the rows may be read at the same time.
/// </summary>
internal sealed class PlainNumbers
{
    private readonly Lock merging = new();
    private volatile bool isGivenUp;
    private volatile bool hasOthers;
    private readonly float[] values;
    private ThousandsCount thousands = new();

    /// <param name="rows">Number of rows; all of them are to be read.</param>
    public PlainNumbers(int rows) => values = LargePages.Allocate<float>(rows);

    /// <summary>
    /// The numbers in single precision; not a number where the cell is anything else: empty, in quotes, with blanks around, a word, infinite. What these are,
    /// their texts say.
    /// </summary>
    public float[] Values => values;

    /// <summary>The first row whose number is plain; <see cref="int.MaxValue"/>: none.</summary>
    public int First { get; private set; } = int.MaxValue;

    /// <summary>The first row whose plain number is no whole one; <see cref="int.MaxValue"/>: none.</summary>
    public int FirstFraction { get; private set; } = int.MaxValue;

    /// <summary>The first row whose plain number is written in digits with zeros in front; <see cref="int.MaxValue"/>: none.</summary>
    public int FirstZero { get; private set; } = int.MaxValue;

    /// <summary>Whether the points of the plain numbers may stand between thousands.</summary>
    public ThousandsCount Thousands => thousands;

    /// <summary>Whether all cells are plain numbers.</summary>
    public bool AreAll => !hasOthers;

    /// <summary>Whether the column was found to hold something else; then the rest means nothing.</summary>
    public bool IsGivenUp => isGivenUp;

    /// <summary>Numbers of several columns.</summary>
    public static PlainNumbers[] Of(int columns, int rows) => [.. Enumerable.Range(0, columns).Select(_ => new PlainNumbers(rows))];

    /// <summary>Begins to read some of the rows.</summary>
    public Part Begin() => new(this);

    /// <summary>Rows that one thread reads, in their order.</summary>
    public struct Part
    {
        // Where so many cells in a row hold no number at all, the column is one of texts.
        private const int EnoughTexts = 256;

        private readonly PlainNumbers all;
        private readonly float[] values;
        private int first, firstFraction, firstZero, texts;
        private bool hasOthers;
        private ThousandsCount thousands = new();

        internal Part(PlainNumbers all)
        {
            this.all = all;
            values = all.values;
            first = firstFraction = firstZero = int.MaxValue;
            texts = all.isGivenUp ? EnoughTexts : 0;
        }

        /// <summary>Reads a cell.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(int row, ReadOnlySpan<byte> cell)
        {
            if (texts < EnoughTexts)
                Read(row, cell);
        }

        /// <summary>The rows are read.</summary>
        public readonly void End()
        {
            if (texts >= EnoughTexts)
                all.isGivenUp = true;
            if (hasOthers || texts > 0)
                all.hasOthers = true;
            lock (all.merging)
            {
                all.First = Math.Min(all.First, first);
                all.FirstFraction = Math.Min(all.FirstFraction, firstFraction);
                all.FirstZero = Math.Min(all.FirstZero, firstZero);
                all.thousands.Merge(thousands);
            }
        }

        private void Read(int row, ReadOnlySpan<byte> cell)
        {
            if (cell.IsEmpty || !PlainNumber.MayBegin(cell[0]) || !PlainNumber.TryParse(cell, out var value) || !float.IsFinite((float)value))
            {
                values[row] = float.NaN;
                hasOthers = true;
                if (first == int.MaxValue && !cell.IsEmpty)
                    texts++;
                return;
            }

            values[row] = (float)value;
            if (first == int.MaxValue)
                first = row;
            if (firstFraction == int.MaxValue && value != Math.Floor(value))
                firstFraction = row;
            if (cell[0] == (byte)'0' && cell.Length > 1 && firstZero == int.MaxValue && !cell.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                firstZero = row;
            if (thousands.FirstOther == int.MaxValue)
                thousands.Add(row, cell, (byte)'.');
        }
    }
}
