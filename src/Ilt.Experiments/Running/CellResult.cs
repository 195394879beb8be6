using System.Text.Json.Serialization;

namespace Ilt.Experiments;

/// <summary>What a cell found out, as its file holds it.</summary>
internal sealed record CellResult
{
    /// <summary>The cell in one line, for people.</summary>
    public required string Cell { get; init; }

    /// <summary>Everything that decided about it, <see cref="Experiments.Cell.Identity"/>.</summary>
    public required string Identity { get; init; }

    /// <summary>Fits that it took.</summary>
    public required int Fits { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<Measured> Measured { get; init; }

    /// <summary>Paths of s over the epochs, by task; null: none were asked for, or none are learned.</summary>
    public IReadOnlyList<TaskTrace>? Traces { get; init; }

    /// <summary>Seconds that it took. No table prints them: they differ from run to run.</summary>
    public double Seconds { get; init; }
}

/// <summary>A figure of a cell.</summary>
/// <param name="Score">The score whose ranking was measured; empty: the test rows were, or the detector has one score only.</param>
/// <param name="Task">The task.</param>
/// <param name="Measure">What was measured, <see cref="MeasureNames"/>.</param>
/// <param name="Value">The figure; NaN where it is not defined.</param>
internal sealed record Measured(string Score, string Task, string Measure, double Value);

/// <summary>How the log-variances of a task moved.</summary>
internal sealed record TaskTrace
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>Median of s over all rows, per epoch.</summary>
    public required IReadOnlyList<double> Median { get; init; }

    /// <summary>Minimum, quartiles and maximum of s of rows whose labels are right, in the cell's corrupted tasks: [epochs][5].</summary>
    public required IReadOnlyList<double[]> Right { get; init; }

    /// <summary>The same of rows whose label of a corrupted task is wrong; empty where none is.</summary>
    public required IReadOnlyList<double[]> Wrong { get; init; }

    /// <summary>Per epoch, the share of the wrong rows found by s among as many rows; empty where none is wrong.</summary>
    public required IReadOnlyList<double> Found { get; init; }

    /// <summary>s of some rows with right labels, per epoch: those whose s rose most above where it ended.</summary>
    public required IReadOnlyList<double[]> HardRows { get; init; }
}

[JsonSourceGenerationOptions(WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CellResult))]
[JsonSerializable(typeof(CellFailure))]
internal sealed partial class ResultJson : JsonSerializerContext;

/// <summary>Why a cell has no result.</summary>
/// <param name="Cell">The cell in one line.</param>
/// <param name="Message">What went wrong.</param>
internal sealed record CellFailure(string Cell, string Message);
