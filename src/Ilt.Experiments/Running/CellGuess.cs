namespace Ilt.Experiments;

/// <summary>How long a cell may take before any is measured: right to a factor of some three on one core of today.</summary>
internal static class CellGuess
{
    private const double SecondsToStart = 1, SecondsPerTableRow = 4e-5, SecondsPerPair = 2e-3, SecondsPerImage = 1e-2;
    private const int UsualEpochs = 30, UsualImages = 1000, FitsOfADetector = 5, FitsOfALengthSearch = 3;

    /// <summary>A guess from rows, epochs and fits.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="path">The file or folder of its data; null: they are generated.</param>
    public static double Seconds(ExperimentFile file, Cell cell, string? path)
    {
        var isTable = cell.Data.Kind is DataKinds.Table or "made-table";
        var named = cell.Method.Training.Epochs ?? file.Training.Epochs ?? DataKinds.Defaults(cell.Data).Epochs;
        var epochs = Math.Min(named ?? UsualEpochs, file.MostEpochs ?? int.MaxValue);
        var rows = cell.Data.Rows ?? (isTable && File.Exists(path) ? RowsOf(path) : UsualImages);
        var fits = cell.Method.Detector is not null ? FitsOfADetector : isTable && named is null && file.MostEpochs is null ? FitsOfALengthSearch : 1;
        return SecondsToStart + ((double)fits * rows * epochs * (isTable ? SecondsPerTableRow : cell.Data.Kind == "pairs" ? SecondsPerPair : SecondsPerImage));
    }

    // As many as there would be if all lines were as long as the last ones.
    private static int RowsOf(string path)
    {
        const int Sampled = 1 << 16;
        using var file = File.OpenRead(path);
        var tail = new byte[Math.Min(file.Length, Sampled)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return (int)Math.Min(int.MaxValue, file.Length * Math.Max(1.0, tail.Count((byte)'\n')) / Math.Max(1, tail.Length));
    }
}
