using System.Text.Json.Serialization;

namespace Ilt.Reports;

/// <summary>The content of a report: what <c>audit.json</c> holds and the page shows. Every text in it comes from the user's data and is data.</summary>
[TypeFormatterSource(typeof(ReportFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record AuditReport
{
    /// <summary>The version that this program writes and reads.</summary>
    internal const int CurrentFormat = 1;

    /// <summary>Rises when a field changes its meaning.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>What the audited file is called, for titles.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>By what, for example "ilt 0.2.0".</summary>
    public required string Tool { get; init; }

    /// <summary>The data in a sentence, for example "5000 rows, 12 numeric and 3 categorical features".</summary>
    public required string Data { get; init; }

    /// <summary>The command that made it, as one would type it; null: it was a program.</summary>
    public string? Command { get; init; }

    /// <summary>False where the run was cancelled.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What was guessed or left out, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What a user should know before trusting it, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<ReportTask> Tasks { get; init; }

    /// <summary>What was found beside wrong labels.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    /// <summary>What the most suspicious rows look like beside their labels; null: only their ids are known.</summary>
    public ReportCells? Cells { get; init; }

    /// <summary>Pictures of rows by id, PNG or JPEG; not part of <c>audit.json</c>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, byte[]> Pictures { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>How much is wrong, task by task, without rows.</summary>
    public AuditSummary Summarize() => new(this);
}

/// <summary>One task of a report.</summary>
public sealed record ReportTask
{
    /// <summary>The task's name.</summary>
    public required string Name { get; init; }

    /// <summary>What its labels are: "class", "number", "vector", "count", "mask", "map", "vertices", ...</summary>
    public required string Kind { get; init; }

    /// <summary>The classes in the order of the confusion; null for other labels.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Rows with a label.</summary>
    public required int Labelled { get; init; }

    /// <summary>Labels that no person has judged: of these is <see cref="Share"/>.</summary>
    internal int Open => Labelled - Rows.Count(row => row.Reviewed.Length > 0);

    /// <summary>Estimated share of wrong ones among the labels that no person has judged, 0 to 1; null: cannot be told.</summary>
    public double? Share { get; init; }

    /// <summary>The 95 % interval of it; null: cannot be told.</summary>
    public double? ShareLow { get; init; }

    /// <summary>The upper end of it.</summary>
    public double? ShareHigh { get; init; }

    /// <summary>Why it cannot be told; null: it can.</summary>
    public string? CannotTell { get; init; }

    /// <summary>What is said beside the estimate: how sure, what to do next; one sentence each.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>All labelled rows, most suspicious first.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>How s went over the epochs; null where none was learned or kept.</summary>
    public ReportPaths? Paths { get; init; }

    /// <summary>Label images of classes: which colour of the drawn ones is which class; null where that is not known. Default null.</summary>
    public IReadOnlyList<ReportColour>? Colours { get; init; }

    /// <summary>What else there is to know of the colours of drawn label images, in a sentence; null: nothing. Default null.</summary>
    public string? ColourNote { get; init; }
}

/// <summary>The colour of a class in drawn label images.</summary>
/// <param name="Class">What the class is called.</param>
/// <param name="Colour">#rrggbb in hexadecimal digits; null: its pixels are left as they are in the picture.</param>
public sealed record ReportColour(string Class, string? Colour);

/// <summary>One row of a task.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Score">By what it is ranked.</param>
/// <param name="LogVariance">s at the end; NaN where none was learned.</param>
/// <param name="Loss">The loss at its last visit; NaN where it is not known.</param>
/// <param name="Given">The label as the file has it; empty for label images.</param>
/// <param name="Predicted">What is predicted for it; may be empty.</param>
/// <param name="Suggested">What the label should be; empty where that is not known.</param>
/// <param name="Confidence">Classes: probability of the suggested one. Numbers: half width of the 90 % interval. NaN where there is none.</param>
/// <param name="ProbabilityWrong">0 to 1; NaN where it cannot be told.</param>
/// <param name="IsFlagged">Whether it is flagged.</param>
/// <param name="Difficulty">0 to 1; NaN where it is not known.</param>
/// <param name="Reviewed">"right" or "corrected" where a person has looked; else empty.</param>
public sealed record ReportRow(
    string Id, float Score, float LogVariance, float Loss, string Given, string Predicted, string Suggested, float Confidence, float ProbabilityWrong, bool IsFlagged, float Difficulty, string Reviewed)
{
    /// <summary>Where in the label image it does not fit, boxes in pixels of the picture; null for other labels.</summary>
    public IReadOnlyList<ReportRegion>? Regions { get; init; }

    /// <summary>The picture with the label drawn over it, in the same size, PNG or JPEG; null: there is none. Not part of <c>audit.json</c>.</summary>
    [JsonIgnore]
    public byte[]? Overlay { get; init; }
}

/// <summary>A region of a label image that does not fit.</summary>
/// <param name="Given">Class or mean there as given.</param>
/// <param name="Suggested">And as predicted.</param>
/// <param name="Top">Of the box, in pixels.</param>
/// <param name="Left">Of the box, in pixels.</param>
/// <param name="Height">Of the box, in pixels.</param>
/// <param name="Width">Of the box, in pixels.</param>
/// <param name="Share">Share of the image, 0 to 1.</param>
public sealed record ReportRegion(string Given, string Suggested, int Top, int Left, int Height, int Width, double Share);

/// <summary>How s went over the epochs: the most suspicious rows against all.</summary>
/// <param name="Median">[epochs] of all rows.</param>
/// <param name="Low">[epochs] 25 % quantile of all rows.</param>
/// <param name="High">[epochs] 75 % quantile of all rows.</param>
/// <param name="Top">The most suspicious rows by id, [epochs] each.</param>
public sealed record ReportPaths(IReadOnlyList<double> Median, IReadOnlyList<double> Low, IReadOnlyList<double> High, IReadOnlyDictionary<string, float[]> Top);

/// <summary>What rows of a table look like.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Per id a text per column, as in the file.</param>
/// <param name="Odd">Per id the columns, from 0, whose value is far from what the table usually holds.</param>
public sealed record ReportCells(IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string[]> Rows, IReadOnlyDictionary<string, int[]> Odd);

/// <summary>Something found beside wrong labels.</summary>
/// <param name="Kind">Short name, for example "duplicates".</param>
/// <param name="Task">The task that it is about; null: the rows as such.</param>
/// <param name="Title">What was found, in a few words with counts.</param>
/// <param name="Text">What it means and what to do.</param>
/// <param name="Groups">Ids of the rows, worst first; those that belong together in one group.</param>
/// <param name="Count">How many there are altogether.</param>
public sealed record ReportFinding(string Kind, string? Task, string Title, string Text, IReadOnlyList<string[]> Groups, int Count);
