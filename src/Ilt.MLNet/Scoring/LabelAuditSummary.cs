using Ilt.Auditing;

namespace Ilt.MLNet;

/// <summary>What is known of the labels of a task altogether.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Labelled">Training rows with a label.</param>
/// <param name="Flagged">Rows that are flagged as wrong.</param>
/// <param name="Share">How many are wrong, estimated, or why that cannot be told.</param>
public sealed record LabelAuditSummary(string Task, int Labelled, int Flagged, WrongShare Share);
