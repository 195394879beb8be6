namespace Ilt.MLNet;

/// <summary>Chooses validation rows by a seed.</summary>
internal static class ValidationSplit
{
    /// <summary>Splits 0 .. rows - 1 in two ascending lists.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="fraction">Share of the rows for validation.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="InvalidOperationException">One of the lists would be empty.</exception>
    public static (int[] Training, int[] Validation) Split(int rows, double fraction, int seed)
    {
        var count = (int)Math.Round(rows * fraction, MidpointRounding.AwayFromZero);
        if (count == 0 || count == rows)
            throw new InvalidOperationException($"A validation fraction of {fraction.ToString(System.Globalization.CultureInfo.InvariantCulture)} of {rows} row(s) leaves {count} for validation and {rows - count} for training; give more rows or another fraction.");
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        var validation = order[..count];
        var training = order[count..];
        Array.Sort(validation);
        Array.Sort(training);
        return (training, validation);
    }
}
