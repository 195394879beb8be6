namespace Ilt.MLNet;

/// <summary>What a person said of a label after looking at it.</summary>
public enum LabelVerdict
{
    /// <summary>It is right: the training trusts it, and it is never flagged.</summary>
    Right,

    /// <summary>It was wrong and has been replaced by the right one, which is trusted as <see cref="Right"/> is.</summary>
    Corrected,

    /// <summary>It is wrong, and the right one is not known: the row is not trained on for this task.</summary>
    Wrong,
}

/// <summary>A person's verdict on the label of one row for one task.</summary>
/// <param name="Id">The row's id (its position, from 1, where no id column is named).</param>
/// <param name="Task">The task's name.</param>
/// <param name="Verdict">What the person said.</param>
public sealed record LabelReview(string Id, string Task, LabelVerdict Verdict);
