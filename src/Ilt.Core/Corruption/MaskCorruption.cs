namespace Ilt.Corruption;

/// <summary>A recipe for making a known part of the class masks wrong. Immutable; thread-safe.</summary>
/// <remarks>
/// <para>
/// Images are handled one by one, so the masks need not be in memory together. Rows are drawn in one random order; where a mask cannot
/// be made wrong (one of a single class cannot be permuted), the next row of the order takes its place, so that as many masks are wrong
/// as asked for, if there are enough. With one seed the rows of a smaller fraction are among those of a larger one, and a row's new mask
/// depends on the seed, the row's number and its mask alone (<see cref="MaskCorruptionKind.Swap"/>: on the giver's mask).
/// </para>
/// <para>
/// Ignored pixels stay as they are, except that whole masks are exchanged (Swap) or moved (Shift) with them. A row counts as changed
/// when at least one pixel that was not ignored has another class id afterwards.
/// </para>
/// </remarks>
public sealed partial record MaskCorruption
{
    /// <summary>How masks are made wrong.</summary>
    public required MaskCorruptionKind Kind { get; init; }

    /// <summary>Share of the labelled rows to corrupt, from 0 to 1; round(share x rows), halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whether PermuteClasses and RenameRegion draw from all classes instead of those present in the image's mask. Default false. A mask
    /// of a single class can only be made wrong among all classes.
    /// </summary>
    public bool AmongAllClasses { get; init; }

    /// <summary>Class id of pixels without a label, from 0 to 255. Default 255.</summary>
    public int IgnoreValue { get; init; } = 255;

    /// <summary>
    /// Longest way of <see cref="MaskCorruptionKind.Shift"/>, as a share of the height and of the width, above 0 to 1. Default 0.25. Each
    /// image draws its own way, down and to the right, between half of it and all of it, with random signs.
    /// </summary>
    public double MaximumShift { get; init; } = 0.25;

    /// <summary>
    /// Smallest region that DropRegion and RenameRegion may take, as a share of the pixels with a label, from 0 to 1. Default 0.01. The
    /// region is drawn among those at least this large, all equally likely; where none is, the largest is taken.
    /// </summary>
    public double MinimumRegion { get; init; } = 0.01;

    /// <summary>Largest region that DropRegion and RenameRegion may take, as a share of the pixels with a label. Default 0.5; where no region lies between both limits, the largest below this one is taken.</summary>
    public double MaximumRegion { get; init; } = 0.5;

    /// <summary>Checks the recipe.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"Unknown kind of mask corruption {Kind}; expected one of {string.Join(", ", Enum.GetNames<MaskCorruptionKind>())}.");
        CorruptionOrder.CheckFraction(Fraction);
        if (IgnoreValue is < 0 or > 255)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(IgnoreValue)} must be a class id from 0 to 255; found {IgnoreValue}."));
        if (!(MaximumShift is > 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MaximumShift)} is a share of the mask's sides, above 0 and at most 1; found {MaximumShift}."));
        if (!(MinimumRegion >= 0 && MinimumRegion <= MaximumRegion && MaximumRegion <= 1))
            throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(MinimumRegion)} and {nameof(MaximumRegion)} are shares of the mask's pixels from 0 to 1, the smaller first; found {MinimumRegion} and {MaximumRegion}."));
    }

    /// <summary>All rows that have a mask, in the order in which they are corrupted.</summary>
    /// <param name="hasLabel">Per row, whether it has a mask.</param>
    /// <returns>Row numbers; the first round(fraction x rows), halves up, are chosen, the rest are spare.</returns>
    /// <exception cref="ArgumentException">A value of the recipe is out of its range.</exception>
    public int[] ChooseRows(ReadOnlySpan<bool> hasLabel)
    {
        Validate();
        return CorruptionOrder.Draw(hasLabel, Seed);
    }

    /// <summary>Makes the masks of a data set wrong.</summary>
    /// <param name="hasLabel">Per row, whether it has a mask.</param>
    /// <param name="height">Height of all masks.</param>
    /// <param name="width">Width of all masks.</param>
    /// <param name="classCount">Number of classes, from 2 to 256.</param>
    /// <param name="read">Gives the mask of a row, H x W: 0 .. classCount-1, or the ignored value.</param>
    /// <param name="write">
    /// Takes, for each row made wrong, its number, its mask before and its new mask. It may overwrite what <paramref name="read"/> gives
    /// for that row.
    /// </param>
    /// <returns>The exact list of wrong rows: true only where a pixel's label really changed.</returns>
    /// <exception cref="ArgumentException">A value of the recipe, a mask's size or a class id is out of range.</exception>
    public bool[] Corrupt(ReadOnlySpan<bool> hasLabel, int height, int width, int classCount, Func<int, byte[]> read, Action<int, byte[], byte[]> write)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        return CorruptionOrder.Run(ChooseRows(hasLabel), hasLabel.Length, Fraction, Kind == MaskCorruptionKind.Swap, read, write,
            (row, mask, giver) => CorruptMask(row, mask, height, width, classCount, giver));
    }

    /// <summary>Makes the mask of one row wrong.</summary>
    /// <param name="row">The row's number, at least 0.</param>
    /// <param name="mask">Class of each pixel, H x W, row-major: 0 .. classCount-1, or the ignored value.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="classCount">Number of classes, from 2 to 256.</param>
    /// <param name="giver">For <see cref="MaskCorruptionKind.Swap"/> alone: the mask of another row, of the same size.</param>
    /// <returns>The new mask; null when nothing could be changed.</returns>
    /// <exception cref="ArgumentException">A value of the recipe, a size or a class id is out of range.</exception>
    public byte[]? CorruptMask(int row, ReadOnlySpan<byte> mask, int height, int width, int classCount, ReadOnlySpan<byte> giver = default)
    {
        Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        CheckMask(row, mask, height, width, classCount);
        if (Kind == MaskCorruptionKind.Swap && giver.Length != mask.Length)
            throw new ArgumentException(FormattableString.Invariant($"Row {row + 1}: to swap, another row's mask of {mask.Length} pixels is needed; found {giver.Length} pixels."), nameof(giver));
        var generator = SeededGenerator.ForItem(Seed, row);
        var changed = Kind switch
        {
            MaskCorruptionKind.PermuteClasses => PermuteClasses(mask, classCount, generator),
            MaskCorruptionKind.Swap => giver.ToArray(),
            MaskCorruptionKind.Shift => Shift(mask, height, width, generator),
            _ => ChangeRegion(mask, height, width, classCount, generator),
        };
        return changed is not null && AnyChanged(mask, changed) ? changed : null;
    }

    /// <summary>Which pixels a corruption has made wrong: those that were not ignored before and have another class id now.</summary>
    /// <param name="before">The mask before.</param>
    /// <param name="after">The mask after, of the same size.</param>
    /// <returns>One value per pixel.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public bool[] ChangedPixels(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (before.Length != after.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected masks of equal size; found {before.Length} and {after.Length} pixels."), nameof(after));
        var changed = new bool[before.Length];
        for (var pixel = 0; pixel < changed.Length; pixel++)
            changed[pixel] = IsChanged(before[pixel], after[pixel]);
        return changed;
    }

    // A pixel that lost its label is not a wrong label: nothing is trained on it.
    private bool IsChanged(byte before, byte after) => before != after && before != IgnoreValue && after != IgnoreValue;

    private bool AnyChanged(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        for (var pixel = 0; pixel < before.Length; pixel++)
            if (IsChanged(before[pixel], after[pixel]))
                return true;
        return false;
    }

    private void CheckMask(int row, ReadOnlySpan<byte> mask, int height, int width, int classCount)
    {
        if (height < 1 || width < 1 || mask.Length != (long)height * width)
            throw new ArgumentException(FormattableString.Invariant($"Row {row + 1}: expected a mask of {height} x {width} pixels; found {mask.Length} of them."), nameof(mask));
        if (classCount is < 2 or > 256)
            throw new ArgumentOutOfRangeException(nameof(classCount), classCount, FormattableString.Invariant($"A mask can be made wrong among 2 to 256 classes; found {classCount}."));
        for (var pixel = 0; pixel < mask.Length; pixel++)
            if (mask[pixel] >= classCount && mask[pixel] != IgnoreValue)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {row + 1}: class {mask[pixel]} at pixel (row {pixel / width}, column {pixel % width}) of the mask; expected 0 to {classCount - 1}, or {IgnoreValue} for ignored pixels."), nameof(mask));
    }
}
