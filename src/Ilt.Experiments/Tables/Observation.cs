using System.Globalization;

namespace Ilt.Experiments;

/// <summary>A figure with all that it belongs to.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Figure">The figure.</param>
internal sealed record Observation(Cell Cell, Measured Figure)
{
    /// <summary>What tables can be laid out and filtered by.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["data", "group", "corruption", "corrupted", "level", "task", "method", "fit", "score", "measure"];

    /// <summary>The method: a weighting with a score read off it, a weighting alone for what is measured on the test rows, or a detector.</summary>
    public string Method => Figure.Score.Length == 0 ? Cell.Method.Name : $"{Cell.Method.Name}:{Figure.Score}";

    /// <summary>Whether the task is one that the corruption hit.</summary>
    public bool IsOfCorrupted => Cell.Corrupted.Contains(Figure.Task);

    /// <summary>The value of a dimension.</summary>
    public string this[string dimension] => dimension switch
    {
        "data" => Cell.Data.Name,
        "group" => Cell.Data.Group,
        "corruption" => Cell.Corruption.Name,
        "corrupted" => Cell.CorruptedText,
        "level" => Percent(Cell.Level),
        "task" => Figure.Task,
        "method" => Method,
        "fit" => Cell.Method.Name,
        "score" => Figure.Score,
        "measure" => Figure.Measure,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "no dimension"),
    };

    /// <summary>A level as tables write it.</summary>
    public static string Percent(double level) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(level * 100, 6)} %");
}
